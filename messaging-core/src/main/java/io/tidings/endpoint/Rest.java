package io.tidings.endpoint;

import java.time.Duration;

/**
 * How long this node leaves an endpoint alone that fails again and again, so that it is not hammered by everything that
 * waits for it. Then one request probes. Safe for use by many threads.
 */
final class Rest {
    private static final int PATIENCE = 3;
    private static final long FIRST_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long LONGEST_NANOS = Duration.ofMinutes(5).toNanos();

    private int failures;
    private long until;
    private boolean resting;

    synchronized void succeeded() {
        failures = 0;
        resting = false;
    }

    /** A failure; the endpoint may wish for a rest itself. */
    synchronized void failed(long now, Duration wish) {
        failures++;
        long nanos = Math.min(LONGEST_NANOS, wish.toNanos());
        if (failures >= PATIENCE) {
            int doublings = Math.min(10, failures - PATIENCE);
            nanos = Math.max(nanos, Math.min(LONGEST_NANOS, FIRST_NANOS << doublings));
        }
        resting = nanos > 0;
        until = now + nanos;
    }

    /** Begins as if nothing had failed. */
    synchronized void end() {
        succeeded();
    }

    /** How many requests may be under way now: none, one that probes, or as many as usual. */
    synchronized int most(long now, int usual) {
        if (resting && now - until < 0) {
            return 0;
        }
        return failures >= PATIENCE ? 1 : usual;
    }
}
