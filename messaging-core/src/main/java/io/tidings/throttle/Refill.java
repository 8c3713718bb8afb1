package io.tidings.throttle;

import java.math.BigInteger;

/**
 * The arithmetic of a bucket: how many shares of a permit a limit has minted by a tick, counted from an anchor.
 *
 * <p>Pure and immutable. A share is 1/256 of a permit; a total is computed from the anchor each time, so nothing is
 * rounded twice. Because the totals of one bucket continue across a change of limit, what has been taken needs no
 * conversion when the rate changes. Differences of ticks and of totals are taken modulo 2^64, so both may lie anywhere
 * in the range of a long.
 */
final class Refill {
    /** Shares in one permit: few enough that a total fits a long for a thousand years at the fastest rate. */
    static final int SHARES = 256;

    private static final long LONGEST_WAIT = 1L << 61;

    private final long anchor;
    private final long base;
    private final long multiplier;
    private final long capacity;
    private final double nanosPerShare;
    private final Limit limit;

    private Refill(Limit limit, long anchor, long base) {
        BigInteger shares = BigInteger.valueOf(limit.rate().permits()).multiply(BigInteger.valueOf(SHARES));
        BigInteger nanos = BigInteger.valueOf(limit.rate().per().toNanos());
        this.limit = limit;
        this.anchor = anchor;
        this.base = base;
        // Shares per nanosecond are multiplier * 2^-64; the rate's upper bound keeps them below one half.
        this.multiplier = shares.shiftLeft(64).divide(nanos).longValueExact();
        this.capacity = (long) limit.burst() * SHARES;
        this.nanosPerShare = 0x1p64 / multiplier;
    }

    /** A refill that has minted {@code base} shares at tick {@code anchor}. */
    static Refill from(Limit limit, long anchor, long base) {
        return new Refill(limit, anchor, base);
    }

    Limit limit() {
        return limit;
    }

    /** Shares that a full bucket holds. */
    long capacity() {
        return capacity;
    }

    /**
     * The total minted at a tick, rounded down. A tick before the anchor gives less than the base.
     *
     * <p>The factor is rounded down as well: a rate of 1 per second is kept to 12 digits, the slowest to 2 in a million.
     */
    long minted(long tick) {
        return base + Math.multiplyHigh(tick - anchor, multiplier);
    }

    /** What is minted at a tick and not in {@code taken}: the sum ordered for the shortest way from clock to answer. */
    long level(long tick, long taken) {
        return Math.multiplyHigh(tick - anchor, multiplier) + (base - taken);
    }

    /** Nanoseconds after a tick at which the total first reaches a target; 0 when it has. Capped at 73 years. */
    long nanosUntil(long target, long tick) {
        long missing = target - minted(tick);
        if (missing <= 0) {
            return 0;
        }
        double slack = missing * nanosPerShare * 0x1p-50 + 2;
        long late = cap(missing * nanosPerShare + slack);
        long early = cap((missing - 1) * nanosPerShare - slack);
        while (early < late) {
            long middle = early + (late - early) / 2;
            if (minted(tick + middle) - target >= 0) {
                late = middle;
            } else {
                early = middle + 1;
            }
        }
        return late;
    }

    private static long cap(double nanos) {
        return (long) Math.min(LONGEST_WAIT, Math.max(0, Math.ceil(nanos)));
    }
}
