package io.tidings.inbound;

import java.time.Duration;

/**
 * How inbound messages are processed.
 *
 * @param threads how many handlers run at once; default 4
 * @param attempts how often a message is tried before it is quarantined; default 12, about half an hour
 * @param lease how long a handler may take before another node tries the message too; default 60 s
 * @param replies the most replies to one conversation within the window; default 10. Twilio cuts at 30 within 30 s
 *     (14107); two machines that answer each other stop here
 * @param window that window; default 30 s
 */
public record InboundSettings(int threads, int attempts, Duration lease, int replies, Duration window) {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    /** Checks the figures. */
    public InboundSettings {
        if (threads < 1 || attempts < 1 || replies < 1) {
            throw new IllegalArgumentException("threads, attempts and replies are at least 1, got " + threads + ", "
                    + attempts + " and " + replies);
        }
        if (lease.isNegative() || lease.isZero() || window.isNegative()) {
            throw new IllegalArgumentException(
                    "the lease must be positive and the window not negative, got " + lease + " and " + window);
        }
    }

    /** The defaults named above. */
    public static InboundSettings defaults() {
        return new InboundSettings(4, 12, Duration.ofSeconds(60), 10, Duration.ofSeconds(30));
    }

    /** The same with another number of handlers at once. */
    public InboundSettings withThreads(int most) {
        return new InboundSettings(most, attempts, lease, replies, window);
    }

    /** The same with another number of tries. */
    public InboundSettings withAttempts(int most) {
        return new InboundSettings(threads, most, lease, replies, window);
    }

    /** The same with another lease. */
    public InboundSettings withLease(Duration longest) {
        return new InboundSettings(threads, attempts, longest, replies, window);
    }

    /** The same with another loop guard. */
    public InboundSettings withLoopGuard(int most, Duration within) {
        return new InboundSettings(threads, attempts, lease, most, within);
    }

    /** The pause after a failed try: a second, doubled each time, at most five minutes. */
    Duration pauseAfter(int tries) {
        int doublings = Math.min(20, Math.max(0, tries - 1));
        Duration pause = FIRST_PAUSE.multipliedBy(1L << doublings);
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }
}
