package io.tidings.benchmarks.bulk;

import java.time.Duration;

/**
 * What a run measures.
 *
 * @param rows of the file without a delay
 * @param slowRows of the file at the delay, which takes the loop ten times as long
 * @param rounds how often at most
 * @param warmUp rows of the round before, which does not count
 * @param limit after which time no further round is begun
 */
record Plan(int rows, int slowRows, int rounds, int warmUp, Duration limit) {
    static final int DELAY = 50;

    /** Ends in time on a busy machine too, with fewer rounds. */
    static Plan quick() {
        return new Plan(4_000, 1_500, 3, 1_500, Duration.ofSeconds(22));
    }

    /** 20,000 rows each. */
    static Plan full() {
        return new Plan(20_000, 20_000, 3, 10_000, Duration.ofMinutes(8));
    }
}
