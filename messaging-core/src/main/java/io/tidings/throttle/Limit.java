package io.tidings.throttle;

import java.time.Duration;

/**
 * What a bucket enforces: a rate, and how many permits may pile up while nobody takes any.
 *
 * <p>Whatever the sequence of calls, no window of one second grants more than the permits of one second plus the
 * larger of the burst and the largest single cost. Immutable.
 *
 * @param rate how fast permits accrue
 * @param burst how many permits a full bucket holds, at least 1
 */
public record Limit(Rate rate, int burst) {
    /** Checks the burst. */
    public Limit {
        if (burst < 1) {
            throw new IllegalArgumentException(
                    "A burst is at least 1 permit, not " + burst + ": an empty bucket would never pass anything.");
        }
    }

    /** The rate with a burst of one second's worth of permits, at least one: 100/s holds 100, 1/min holds 1. */
    public static Limit of(Rate rate) {
        return new Limit(rate, (int) Math.max(1, rate.perSecond()));
    }

    /** The rate with a burst of that many permits. */
    public static Limit of(Rate rate, int burst) {
        return new Limit(rate, burst);
    }

    /** How long a bucket of this limit that owes that many permits takes to fill up if nobody takes any. */
    public Duration fillTime(int debt) {
        return Duration.ofNanos((long) Math.ceil(1e9 * ((long) burst + debt) / rate.perSecond()));
    }

    /**
     * This limit slowed to a share of itself, rate and burst alike; a burst never falls below one permit.
     *
     * @param share above 0 and at most 1
     */
    public Limit times(double share) {
        return new Limit(rate.times(share), (int) Math.max(1, Math.ceil(burst * share)));
    }
}
