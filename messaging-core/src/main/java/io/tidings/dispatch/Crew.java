package io.tidings.dispatch;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The threads that send, and whose turn the dispatcher is. A thread whose request has ended takes the dispatcher's next
 * turn itself, if nobody else has it, and goes on with one of the messages begun in it: otherwise each message would cost
 * two switches of threads, to the loop and back.
 *
 * <p>One turn at a time, whoever takes it. Until {@link #open} and after {@link #close} the loop alone takes turns.
 */
final class Crew {
    /** The loop may be that much later than a turn of somebody else asks for; less would wake it for nothing. */
    private static final long EARLY_ENOUGH = TimeUnit.MILLISECONDS.toNanos(2);

    /** Nanoseconds; zero would say that nothing is left to do. */
    private static final long AT_ONCE = 1;

    private final Executor executor;
    private final Wakeup wakeup;
    private final LongSupplier ticker;
    private final ReentrantLock turn = new ReentrantLock();
    /** Whether a request has ended since the last turn began. */
    private final AtomicBoolean news = new AtomicBoolean();
    /** Requests that no thread has begun yet. One that is kept would overtake them, for ever on too few threads. */
    private final AtomicInteger waiting = new AtomicInteger();
    /** What a turn is; null while the loop alone takes them. */
    private volatile @Nullable LongSupplier shared;
    /** Guarded by the turn, as all below: when the loop wakes up by itself. */
    private long loopWakesAt;

    private boolean keeps;
    private @Nullable Runnable kept;

    /** Sends on these threads. */
    Crew(Executor executor, Wakeup wakeup, LongSupplier ticker) {
        this.executor = executor;
        this.wakeup = wakeup;
        this.ticker = ticker;
    }

    /** From now on any thread that sends may take this turn, which returns nanoseconds until the next and never throws. */
    void open(LongSupplier everyTurn) {
        loopWakesAt = ticker.getAsLong();
        shared = everyTurn;
    }

    /** From now on the loop alone takes turns. One that runs goes on to its end. */
    void close() {
        shared = null;
    }

    /** A turn of the loop: waits until nobody else has it. Returns what it returned, or at once if a request ended during it. */
    long take(LongSupplier mine) {
        long again;
        turn.lock();
        try {
            news.set(false);
            again = mine.getAsLong();
            loopWakesAt = ticker.getAsLong() + again;
        } finally {
            turn.unlock();
        }
        // Asked after the turn is free: whoever ended a request before found it taken, and leaves it to this one.
        return news.get() ? Math.min(again, AT_ONCE) : again;
    }

    /** Runs a request, on a thread of its own or on the one that has this turn after it. Called inside turns alone. */
    void send(Runnable request) {
        if (keeps && kept == null && waiting.get() == 0) {
            kept = request;
            return;
        }
        waiting.incrementAndGet();
        try {
            executor.execute(() -> work(request));
        } catch (RejectedExecutionException e) {
            waiting.decrementAndGet();
            throw e;
        }
    }

    /** There may be something to do. */
    void hint() {
        wakeup.hint();
    }

    private void work(Runnable first) {
        waiting.decrementAndGet();
        for (Runnable next = first; next != null; next = ended()) {
            next.run();
        }
    }

    /** Sees to it that somebody takes the next turn. Returns what this thread sends next, if anything. */
    private @Nullable Runnable ended() {
        news.set(true);
        if (shared == null || turn.isHeldByCurrentThread()) {
            wakeup.hint();
            return null;
        }
        Runnable mine = null;
        while (mine == null && news.get() && turn.tryLock()) {
            try {
                mine = turnHere(true);
            } finally {
                turn.unlock();
            }
        }
        if (mine != null && news.get() && turn.tryLock()) {
            // What came meanwhile is settled first: waking the loop for it would cost more than this message waits.
            try {
                turnHere(false);
            } finally {
                turn.unlock();
            }
        }
        if (mine != null && news.get()) {
            wakeup.hint();
        }
        return mine;
    }

    private @Nullable Runnable turnHere(boolean free) {
        news.set(false);
        LongSupplier open = shared;
        if (open == null) {
            wakeup.hint();
            return null;
        }
        keeps = free;
        try {
            long due = ticker.getAsLong() + open.getAsLong();
            if (due - loopWakesAt < -EARLY_ENOUGH) {
                wakeup.hint();
            }
            return takeKept();
        } finally {
            keeps = false;
            Runnable left = takeKept();
            if (left != null) {
                send(left);
            }
        }
    }

    private @Nullable Runnable takeKept() {
        Runnable mine = kept;
        kept = null;
        return mine;
    }
}
