package io.tidings.examples.quickstart;

import java.util.List;

/**
 * The figures of a run.
 *
 * @param fates how many messages ended in which way
 * @param truth what the carrier knows
 * @param audit whether the exported audit trail was verified
 */
record Verdict(Fates fates, Truth truth, boolean audit) {

    /**
     * How messages ended.
     *
     * @param delivered the handset has them
     * @param failed ended otherwise, each with a reason
     * @param refused a gate said no, at {@code send()} or before the wire
     * @param givenUp nobody knows whether they arrived
     * @param stuck given up because the run ended before they did
     */
    record Fates(long delivered, long failed, long refused, long givenUp, long stuck) {
        static Fates of(List<SentRow> rows) {
            return new Fates(
                    count(rows, Fate.DELIVERED),
                    count(rows, Fate.FAILED),
                    count(rows, Fate.REFUSED),
                    count(rows, Fate.GIVEN_UP),
                    rows.stream()
                            .filter(row -> Fate.isUnfinished(row.view().status()))
                            .count());
        }

        private static long count(List<SentRow> rows, Fate fate) {
            return rows.stream().filter(row -> row.fate() == fate).count();
        }

        /** Messages taken in and not refused. */
        long accepted() {
            return delivered + failed + givenUp;
        }
    }

    /**
     * The same seen from the carrier.
     *
     * @param policyDuplicates further copies that a policy chose knowingly
     * @param duplicates further copies that nothing explains
     * @param lost never accepted by the carrier, without a reason
     * @param contradictions where the carrier says otherwise than our tables
     */
    record Truth(int policyDuplicates, int duplicates, int lost, int contradictions) {
        static Truth of(GroundTruth truth) {
            return new Truth(
                    truth.chosen().values().stream().mapToInt(List::size).sum(),
                    truth.duplicates(),
                    truth.lost(),
                    truth.contradictions().size());
        }
    }

    static Verdict of(List<SentRow> rows, GroundTruth truth, boolean audit) {
        return new Verdict(Fates.of(rows), Truth.of(truth), audit);
    }

    /** Whether everything ended as promised. Failed messages are no error: they have a reason. */
    boolean holds() {
        return truth.duplicates() == 0
                && truth.lost() == 0
                && truth.contradictions() == 0
                && fates.stuck() == 0
                && audit;
    }

    /** For machines; the last line of a run. */
    String line() {
        return "accepted=" + fates.accepted() + " delivered=" + fates.delivered() + " failed=" + fates.failed()
                + " refused=" + fates.refused() + " given_up=" + fates.givenUp() + " policy_duplicates="
                + truth.policyDuplicates() + " duplicates=" + truth.duplicates() + " lost=" + truth.lost() + " audit="
                + (audit ? "intact" : "broken");
    }
}
