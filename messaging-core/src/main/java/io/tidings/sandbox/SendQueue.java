package io.tidings.sandbox;

/**
 * The queue of one sender as arithmetic: segments leave one after the other at the sender's pace, and at most ten hours
 * of them may wait (Twilio's bound). Not safe for threads; the caller holds the network's lock.
 */
final class SendQueue {
    static final long BOUND_NANOS = 36_000L * 1_000_000_000L;

    private final double nanosPerSegment;
    private long freeAt = Long.MIN_VALUE;

    SendQueue(double segmentsPerSecond) {
        this.nanosPerSegment = 1e9 / segmentsPerSecond;
    }

    /** Returns when a message that comes now starts to leave. */
    long startAt(long now) {
        return Math.max(now, freeAt);
    }

    boolean fits(long now, int segments) {
        return startAt(now) - now + cost(segments) <= BOUND_NANOS;
    }

    void occupy(long now, int segments) {
        freeAt = startAt(now) + cost(segments);
    }

    private long cost(int segments) {
        return Math.round(segments * nanosPerSegment);
    }
}
