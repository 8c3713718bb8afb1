package io.tidings.benchmarks.throttle;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The least a bucket can do: the generic cell rate algorithm on the one time at which the bucket was empty.
 *
 * <p>No fractions, no change of rate, no batch, no debt, no care for a clock that steps: it is the yardstick, not a rival.
 */
final class PackedBucket {
    private final AtomicLong emptyAt;
    private final long interval;
    private final long depth;

    /** Starts full. */
    PackedBucket(long interval, long burst) {
        this.interval = interval;
        this.depth = interval * burst;
        this.emptyAt = new AtomicLong(System.nanoTime() - depth);
    }

    boolean tryAcquire() {
        long now = System.nanoTime();
        while (true) {
            long before = emptyAt.get();
            long after = Math.max(before, now - depth) + interval;
            if (after - now > 0) {
                return false;
            }
            if (emptyAt.compareAndSet(before, after)) {
                return true;
            }
        }
    }
}
