package io.tidings.throttle;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/**
 * Linearizable: whatever the interleaving, every answer is one that a bucket used by one caller at a time could give.
 *
 * <p>Once with the clock as one of the operations and a bucket that does not fill up, and once with the clock standing
 * still and a bucket that is full at first and may fall into debt. A word and a clock cannot be changed in one step, so two
 * things are left out beside a running clock: a full bucket keeps, rather than loses, what accrues between a caller's look
 * at the clock and its grant, and {@code tryAcquireUpTo} grants what was there at that look.
 */
class TokenBucketLincheckTest {
    private static final int SCENARIOS = Torture.size(20, 200);
    private static final int INVOCATIONS = Torture.size(200, 1_000);

    @Test
    void with_a_running_clock_under_model_checking() {
        modelChecking(Running.class);
    }

    @Test
    void with_a_running_clock_under_stress() {
        stress(Running.class);
    }

    @Test
    void with_a_full_bucket_and_debts_under_model_checking() {
        modelChecking(Standing.class);
    }

    @Test
    void with_a_full_bucket_and_debts_under_stress() {
        stress(Standing.class);
    }

    private static void modelChecking(Class<?> subject) {
        new ModelCheckingOptions()
                .iterations(SCENARIOS)
                .invocationsPerIteration(INVOCATIONS)
                .threads(3)
                .actorsPerThread(3)
                .check(subject);
    }

    private static void stress(Class<?> subject) {
        new StressOptions()
                .iterations(SCENARIOS)
                .invocationsPerIteration(INVOCATIONS)
                .threads(3)
                .actorsPerThread(3)
                .check(subject);
    }

    /** The calls that take whole permits at once. */
    @Param(name = "permits", gen = IntGen.class, conf = "1:3")
    abstract static class Subject {
        final ManualTicker ticker = new ManualTicker(0);
        final TokenBucket bucket;

        Subject(int burst, boolean full) {
            Limit limit = Limit.of(Rate.perSecond(1), burst);
            bucket = full ? TokenBucket.full(limit, ticker) : TokenBucket.empty(limit, ticker);
        }

        @Operation
        public boolean tryAcquire(@Param(name = "permits") int permits) {
            return bucket.tryAcquire(permits);
        }

        @Operation
        public boolean tryAcquireKeeping(@Param(name = "permits") int permits) {
            return bucket.tryAcquire(permits, 1);
        }

        @Operation
        public void release(@Param(name = "permits") int permits) {
            bucket.release(permits);
        }

        @Operation
        public long nanosUntil(@Param(name = "permits") int permits) {
            return bucket.nanosUntil(permits);
        }

        @Operation
        public long available() {
            return bucket.available();
        }
    }

    /** Empty at first and too large to fill up; permits come from the clock and from releases. */
    public static class Running extends Subject {
        public Running() {
            super(1_000, false);
        }

        @Operation
        public void advance(@Param(name = "permits") int seconds) {
            ticker.advance(1_000_000_001L * seconds);
        }
    }

    /** Full at first and so small that costs exceed it. */
    public static class Standing extends Subject {
        public Standing() {
            super(2, true);
        }

        @Operation
        public int tryAcquireUpTo(@Param(name = "permits") int permits) {
            return bucket.tryAcquireUpTo(permits);
        }

        @Operation
        public long reserve(@Param(name = "permits") int permits) {
            return bucket.reserve(permits);
        }
    }
}
