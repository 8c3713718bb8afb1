package io.tidings.benchmarks.outbox;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the work that was done. The clock starts with the first piece of it, so that nobody pays for a slow start. */
final class Jobs {
    private static final long NOT_YET = Long.MIN_VALUE;
    private static final int PATIENCE_MINUTES = 10;

    private final CountDownLatch left;
    private final AtomicLong firstAt = new AtomicLong(NOT_YET);

    Jobs(int count) {
        this.left = new CountDownLatch(count);
    }

    /** One job's work. */
    void work() {
        if (firstAt.get() == NOT_YET) {
            firstAt.compareAndSet(NOT_YET, System.nanoTime());
        }
        left.countDown();
    }

    /** Waits until all have worked; when the first one did, on {@link System#nanoTime}. */
    long await() throws InterruptedException {
        if (!left.await(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
            throw new IllegalStateException(
                    left.getCount() + " jobs were not done in " + PATIENCE_MINUTES + " minutes");
        }
        return firstAt.get();
    }

    long left() {
        return left.getCount();
    }
}
