package io.tidings.jdbc.torture;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How large the rows are: {@code tidings.torture} is {@code short} in every build, {@code full} with {@code -Ptorture}. */
public final class Size {
    private Size() {}

    /** Whether this is the full size. */
    public static boolean isFull() {
        return "full".equals(System.getProperty("tidings.torture"));
    }

    /** One of two figures. */
    public static int of(int ordinary, int full) {
        return isFull() ? full : ordinary;
    }

    /** One of two times. */
    public static Duration of(Duration ordinary, Duration full) {
        return isFull() ? full : ordinary;
    }

    /** A new seed for each run, or the one to repeat: {@code -Dtidings.seed=…}. */
    public static long seed() {
        return Long.getLong("tidings.seed", ThreadLocalRandom.current().nextLong(1, 1_000_000_000));
    }
}
