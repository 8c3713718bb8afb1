package io.tidings.spring.torture;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How large the rows are: {@code tidings.torture} is {@code short} in every build, {@code full} with {@code -Ptorture}. */
final class Size {
    private Size() {}

    static boolean isFull() {
        return "full".equals(System.getProperty("tidings.torture"));
    }

    static int of(int ordinary, int full) {
        return isFull() ? full : ordinary;
    }

    static Duration of(Duration ordinary, Duration full) {
        return isFull() ? full : ordinary;
    }

    /** A new seed for each run, or the one to repeat: {@code -Dtidings.seed=…}. */
    static long seed() {
        return Long.getLong("tidings.seed", ThreadLocalRandom.current().nextLong(1, 1_000_000_000));
    }
}
