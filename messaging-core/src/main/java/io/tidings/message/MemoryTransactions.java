package io.tidings.message;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The {@link UnitOfWork} of the in-memory stores: one lock for all of them, and an undo entry for every change.
 *
 * <p>Stores that share one of these commit and roll back together. Nothing survives the process.
 */
public final class MemoryTransactions implements UnitOfWork {
    private final ReentrantLock lock = new ReentrantLock();
    /** Guarded by {@link #lock}: how to take back what the running transaction did, newest first. */
    private final Deque<Runnable> undo = new ArrayDeque<>();
    /** Guarded by {@link #lock}. */
    private final List<Runnable> hints = new ArrayList<>();

    @Override
    public <T> T run(Supplier<T> work) {
        if (lock.isHeldByCurrentThread()) {
            return join(work);
        }
        List<Runnable> after;
        T result;
        lock.lock();
        try {
            result = work.get();
            after = List.copyOf(hints);
        } catch (Throwable e) {
            undo.forEach(Runnable::run);
            throw e;
        } finally {
            undo.clear();
            hints.clear();
            lock.unlock();
        }
        after.forEach(Runnable::run);
        return result;
    }

    /** The outer work may catch what this one throws and go on, so only this one's changes are taken back. */
    private <T> T join(Supplier<T> work) {
        int changes = undo.size();
        int hinted = hints.size();
        try {
            return work.get();
        } catch (Throwable e) {
            while (undo.size() > changes) {
                undo.pop().run();
            }
            hints.subList(hinted, hints.size()).clear();
            throw e;
        }
    }

    @Override
    public void afterCommit(Runnable hint) {
        if (lock.isHeldByCurrentThread()) {
            hints.add(hint);
        } else {
            hint.run();
        }
    }

    /** For stores: notes how to take back a change that was just made. Only inside {@link #run}. */
    public void onRollback(Runnable step) {
        if (!lock.isHeldByCurrentThread()) {
            throw new IllegalStateException("changes are made inside run(...)");
        }
        undo.push(step);
    }
}
