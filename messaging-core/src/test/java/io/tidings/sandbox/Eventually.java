package io.tidings.sandbox;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition, ten seconds at most. */
final class Eventually {
    private Eventually() {}

    static void holds(BooleanSupplier condition) {
        long end = System.nanoTime() + 10_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("The condition did not come true within 10 seconds");
            }
            LockSupport.parkNanos(1_000_000);
        }
    }
}
