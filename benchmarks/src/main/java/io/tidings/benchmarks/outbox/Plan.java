package io.tidings.benchmarks.outbox;

import java.time.Duration;
import java.util.List;

/**
 * What a run measures.
 *
 * @param cells who, where, with how many jobs; each takes its turn in every round
 * @param rounds how often at most
 * @param warmUp jobs of the round before, which does not count
 * @param limit after which time no further round is begun
 * @param sends single sends that are timed
 * @param growth waiting and finished rows for the measurement of claims, 0 for none
 */
record Plan(List<Cell> cells, int rounds, int warmUp, Duration limit, int sends, int growth) {
    static final String POSTGRES = "PostgreSQL";
    static final String H2 = "H2 file";

    /** Fewer jobs for those who need long; ends in time on a busy machine too, with fewer rounds. */
    static Plan quick() {
        return new Plan(cells(5_000, 2_000, 1_500, 400), 5, 1_500, Duration.ofSeconds(16), 200, 0);
    }

    /** Everyone with the same jobs. */
    static Plan full() {
        return new Plan(cells(20_000, 20_000, 20_000, 20_000), 5, 5_000, Duration.ofMinutes(6), 2_000, 1_000_000);
    }

    private static List<Cell> cells(int fast, int middle, int slow, int inFile) {
        return List.of(
                new Cell(POSTGRES, new Ours(), fast),
                new Cell(POSTGRES, new DbScheduler(), fast),
                new Cell(POSTGRES, new SameRows(), fast),
                new Cell(POSTGRES, new TransactionOutboxPeer(), middle),
                new Cell(POSTGRES, new JobRunrStream(), slow),
                new Cell(H2, new Ours(), inFile),
                new Cell(H2, new SameRows(), inFile));
    }
}
