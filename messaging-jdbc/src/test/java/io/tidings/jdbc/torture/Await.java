package io.tidings.jdbc.torture;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits on a condition with a deadline. */
final class Await {
    private Await() {}

    /** Whether the condition came true within this time. */
    static boolean until(Duration most, BooleanSupplier condition) {
        return until(most, Duration.ofMillis(20), condition);
    }

    /** The same, for one that costs something to look at. */
    static boolean until(Duration most, Duration every, BooleanSupplier condition) {
        long end = System.nanoTime() + most.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            LockSupport.parkNanos(every.toNanos());
        }
        return true;
    }

    /** Lets a span of real time pass, for load that runs meanwhile. */
    static void pass(Duration time) {
        until(time, () -> false);
    }
}
