package io.tidings.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Waits that grow with each failure and are spread by chance, so that many messages that failed together do not come
 * back together. Immutable and pure: chance is passed in.
 *
 * @param first the longest wait after the first failure
 * @param factor by how much it grows with each further failure, at least 1
 * @param cap the longest wait ever, at most {@link #LONGEST}
 * @param jitter the share of a wait that is left to chance: 0 none, 0.5 "equal jitter", 1 "full jitter"
 */
public record Backoff(Duration first, double factor, Duration cap, double jitter) {

    /** No wait is longer than this. */
    public static final Duration LONGEST = Duration.ofDays(365);

    /** Checks the settings. */
    public Backoff {
        if (first.isNegative() || first.isZero()) {
            throw new IllegalArgumentException("the first wait must be positive, got " + first);
        }
        if (!(factor >= 1) || Double.isInfinite(factor)) {
            throw new IllegalArgumentException("a backoff's factor must be at least 1, got " + factor);
        }
        if (cap.compareTo(first) < 0 || cap.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a backoff's cap must lie between the first wait " + first + " and "
                    + LONGEST.toDays() + " days, got " + cap);
        }
        if (!(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException("jitter is a share from 0 to 1, got " + jitter);
        }
    }

    /** Doubles, with equal jitter: at least half of each wait is kept. */
    public static Backoff doubling(Duration first, Duration cap) {
        return new Backoff(first, 2, cap, 0.5);
    }

    /** The same with another share of chance. */
    public Backoff withJitter(double other) {
        return new Backoff(first, factor, cap, other);
    }

    /**
     * The wait after the given number of failures, from {@link #shortest} to {@link #longest}.
     *
     * @param failures from 1
     */
    public Duration delay(int failures, RandomGenerator random) {
        long least = shortest(failures).toNanos();
        long most = longest(failures).toNanos();
        return Duration.ofNanos(least + (long) (random.nextDouble() * (most - least)));
    }

    /** The wait if chance is kindest. */
    public Duration shortest(int failures) {
        return times(longest(failures), 1 - jitter);
    }

    /** The wait if chance is unkindest. */
    public Duration longest(int failures) {
        if (failures < 1) {
            throw new IllegalArgumentException("failures are counted from 1, got " + failures);
        }
        Duration grown = times(first, Math.pow(factor, failures - 1.0));
        return grown.compareTo(cap) < 0 ? grown : cap;
    }

    /** All waits multiplied: demos and tests run long waits in short time. */
    public Backoff scaledBy(double scale) {
        requireScale(scale);
        Duration least = Duration.ofNanos(1);
        Duration scaledFirst = times(first, scale);
        Duration scaledCap = times(cap, scale);
        return new Backoff(
                scaledFirst.compareTo(least) < 0 ? least : scaledFirst,
                factor,
                scaledCap.compareTo(least) < 0 ? least : scaledCap,
                jitter);
    }

    static void requireScale(double scale) {
        if (!(scale > 0) || Double.isInfinite(scale)) {
            throw new IllegalArgumentException("waits are scaled by a positive number, got " + scale);
        }
    }

    /** The product, at most {@link #LONGEST}; a product with 1 is exact. */
    static Duration times(Duration wait, double by) {
        Duration capped = wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
        if (by == 1) {
            return capped;
        }
        double product = capped.toNanos() * by;
        return product < LONGEST.toNanos() ? Duration.ofNanos((long) product) : LONGEST;
    }
}
