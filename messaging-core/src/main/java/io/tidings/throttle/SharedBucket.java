package io.tidings.throttle;

import java.time.Duration;
import java.time.Instant;

/**
 * A bucket as a store keeps it: what was in it, and when. The arithmetic of every {@link LimitStore}. Pure.
 *
 * <p>A clock that steps back mints nothing: up to ten seconds are waited out, after a larger step it goes on from the new
 * time with what is there. A clock that steps forward fills the bucket up to its burst, never beyond.
 *
 * @param level permits, negative for a debt
 * @param at when that was
 */
public record SharedBucket(double level, Instant at) {
    private static final Duration WAITED_OUT = Duration.ofSeconds(10);
    /** Far less than a permit and far more than the errors of a double. */
    private static final double NOTHING = 1e-6;

    /** A full one. */
    public static SharedBucket full(Limit limit, Instant now) {
        return new SharedBucket(limit.burst(), now);
    }

    /**
     * What came of a request.
     *
     * @param grant what was given
     * @param after the bucket afterwards; the same as before if nothing was given
     */
    public record Taken(Grant grant, SharedBucket after) {}

    /** Takes from {@code atLeast} to {@code atMost} permits, or none. */
    public Taken take(Limit limit, Instant now, int atLeast, int atMost) {
        if (atLeast < 1 || atMost < atLeast) {
            throw new IllegalArgumentException("at least 1 permit is asked for, got " + atLeast + " to " + atMost);
        }
        SharedBucket filled = filled(limit, now);
        int needed = Math.min(atLeast, limit.burst());
        double missing = needed - filled.level;
        if (missing > NOTHING) {
            double seconds = missing / limit.rate().perSecond();
            Duration behind = Duration.between(now, filled.at);
            return new Taken(
                    new Grant(
                            0, Duration.ofNanos((long) Math.ceil(seconds * 1e9)).plus(behind)),
                    this);
        }
        int given = Math.max(atLeast, (int) Math.min(atMost, Math.floor(filled.level + NOTHING)));
        return new Taken(new Grant(given, Duration.ZERO), new SharedBucket(filled.level - given, filled.at));
    }

    /** With permits given back. */
    public SharedBucket given(Limit limit, Instant now, int permits) {
        SharedBucket filled = filled(limit, now);
        return new SharedBucket(Math.min(limit.burst(), filled.level + permits), filled.at);
    }

    private SharedBucket filled(Limit limit, Instant now) {
        Duration passed = Duration.between(at, now);
        if (passed.isNegative()) {
            Instant from = passed.negated().compareTo(WAITED_OUT) <= 0 ? at : now;
            return new SharedBucket(Math.min(limit.burst(), level), from);
        }
        double seconds = passed.getSeconds() + passed.getNano() * 1e-9;
        return new SharedBucket(
                Math.min(limit.burst(), level + seconds * limit.rate().perSecond()), now);
    }
}
