package io.tidings.throttle;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * The bucket as the textbook has it: a level in exact decimals, brought up to date at each look at the clock. What has
 * accrued above the burst is cut off when permits move, so a step back eats that first.
 */
final class ReferenceBucket {
    private BigDecimal perNano;
    private BigDecimal burst;
    private BigDecimal level;
    private BigDecimal deepest = BigDecimal.ZERO;
    private long last;

    ReferenceBucket(Limit limit, long tick, boolean full) {
        perNano = perNano(limit);
        burst = BigDecimal.valueOf(limit.burst());
        level = full ? burst : BigDecimal.ZERO;
        last = tick;
    }

    /** Moves to a tick; a step back takes back what it undoes, down to the deepest debt there has been. */
    BigDecimal levelAt(long tick) {
        level = level.add(perNano.multiply(BigDecimal.valueOf(tick - last))).max(deepest.negate());
        last = tick;
        return level.min(burst);
    }

    BigDecimal needed(int permits, int keep) {
        return BigDecimal.valueOf((long) permits + keep).min(burst);
    }

    BigDecimal burst() {
        return burst;
    }

    void take(long permits) {
        level = level.min(burst).subtract(BigDecimal.valueOf(permits));
        deepest = deepest.max(level.negate());
    }

    void release(long permits) {
        level = level.max(level.add(BigDecimal.valueOf(permits)).min(burst));
    }

    void change(Limit limit, long tick) {
        level = levelAt(tick);
        perNano = perNano(limit);
        burst = BigDecimal.valueOf(limit.burst());
    }

    private static BigDecimal perNano(Limit limit) {
        return BigDecimal.valueOf(limit.rate().permits())
                .divide(BigDecimal.valueOf(limit.rate().per().toNanos()), MathContext.DECIMAL128);
    }
}
