package io.tidings.event;

import java.time.Duration;

/**
 * How events are told.
 *
 * @param attempts how often an event is told before it is set aside; default 20, about a day
 * @param lease how long a node may take for what it claimed before another node tells it; default 60 s
 * @param atOnce how many events are claimed at once; default 20
 */
public record EventSettings(int attempts, Duration lease, int atOnce) {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(4);
    private static final int MOST_DOUBLINGS = 30;

    /** Checks the figures. */
    public EventSettings {
        if (attempts < 1 || atOnce < 1 || atOnce > 1000 || lease.isNegative() || lease.isZero()) {
            throw new IllegalArgumentException(
                    "attempts are at least 1, 1 to 1000 events are claimed at once, and a lease is positive; got "
                            + attempts + ", " + atOnce + " and " + lease);
        }
    }

    /** The defaults named above. */
    public static EventSettings defaults() {
        return new EventSettings(20, Duration.ofSeconds(60), 20);
    }

    /** The same with another number of tries. */
    public EventSettings withAttempts(int most) {
        return new EventSettings(most, lease, atOnce);
    }

    /** The same with another lease. */
    public EventSettings withLease(Duration longest) {
        return new EventSettings(attempts, longest, atOnce);
    }

    /** The pause after a failed try: a second, doubled each time, at most four hours. */
    Duration pauseAfter(int tries) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(MOST_DOUBLINGS, Math.max(0, tries - 1)));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }
}
