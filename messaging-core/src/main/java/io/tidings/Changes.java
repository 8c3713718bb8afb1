package io.tidings;

import io.tidings.outbox.MessageView;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets callers wait for a message to change. A change made by this node is noticed at once, one made by another node
 * within a quarter of a second. Safe for use by many threads.
 */
final class Changes {
    private static final long LOOK_EVERY = TimeUnit.MILLISECONDS.toNanos(250);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Something changed. */
    void signal() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    MessageView await(Supplier<MessageView> look, Duration timeout) throws InterruptedException {
        long left = timeout.toNanos();
        lock.lockInterruptibly();
        try {
            MessageView view = look.get();
            while (!view.status().isTerminal() && left > 0) {
                long slice = Math.min(left, LOOK_EVERY);
                left -= slice - changed.awaitNanos(slice);
                view = look.get();
            }
            return view;
        } finally {
            lock.unlock();
        }
    }
}
