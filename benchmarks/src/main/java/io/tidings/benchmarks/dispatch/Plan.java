package io.tidings.benchmarks.dispatch;

import java.util.ArrayList;
import java.util.List;

/**
 * What a run measures.
 *
 * @param cells who, with which window and delay; each takes its turn in every round
 * @param rounds how often
 * @param waves how many windows full are measured at a delay
 * @param sends how many sends are measured without a delay
 */
record Plan(List<Cell> cells, int rounds, int waves, int sends) {
    static final int DELAY = 50;

    /** Windows full that every contestant sends before it is measured, for threads and connections. */
    int warmWaves() {
        return Math.max(2, waves / 4);
    }

    /** Ours and OkHttp at a delay only. */
    static Plan quick() {
        return new Plan(
                List.of(
                        new Cell(new Ours(), 64, DELAY),
                        new Cell(new RawOkHttp(), 64, DELAY),
                        new Cell(new Ours(), 256, DELAY),
                        new Cell(new RawOkHttp(), 256, DELAY)),
                3,
                40,
                8_000);
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
        return new Plan(cells, 5, 40, 10_240);
    }
}
