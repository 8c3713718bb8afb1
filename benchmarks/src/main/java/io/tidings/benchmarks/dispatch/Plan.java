package io.tidings.benchmarks.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run measures.
 *
 * @param cells who, with which window and delay; each takes its turn in every round
 * @param rounds how often at most
 * @param waves how many windows full are measured at a delay
 * @param sends how many sends are measured without a delay
 * @param warmSends how many sends each contestant has made at least before anything is measured
 * @param warmUp how long everyone sends without a delay before anything is measured, so that most code is compiled
 * @param limit after which time of measuring no further round is begun
 */
record Plan(List<Cell> cells, int rounds, int waves, int sends, int warmSends, Duration warmUp, Duration limit) {
    static final int DELAY = 50;

    /** Ours and OkHttp at a delay only; ends in time on a busy machine too, with fewer rounds. */
    static Plan quick() {
        return new Plan(
                List.of(
                        new Cell(new Ours(), 64, DELAY),
                        new Cell(new RawOkHttp(), 64, DELAY),
                        new Cell(new Ours(), 256, DELAY),
                        new Cell(new RawOkHttp(), 256, DELAY)),
                7,
                16,
                2_000,
                64_000,
                Duration.ofSeconds(15),
                Duration.ofSeconds(23));
    }

    /** Everyone. */
    static Plan full() {
        List<Cell> cells = new ArrayList<>();
        for (int delay : new int[] {0, DELAY}) {
            for (int window : new int[] {64, 256, 1024}) {
                cells.add(new Cell(new Ours(), window, delay));
                cells.add(new Cell(new RawOkHttp(), window, delay));
            }
            cells.add(new Cell(new TwilioSdk(), 64, delay));
        }
        return new Plan(cells, 7, 40, 10_240, 64_000, Duration.ofSeconds(60), Duration.ofMinutes(11));
    }

    /** Windows full that every contestant sends before it is measured, for threads and connections. */
    int warmWaves() {
        return Math.max(2, waves / 4);
    }
}
