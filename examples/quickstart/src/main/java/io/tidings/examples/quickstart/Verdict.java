package io.tidings.examples.quickstart;

import java.util.List;

/**
 * The figures of a run.
 *
 * @param accepted messages taken in and not refused; always delivered + failed + given up
 * @param delivered the handset has them
 * @param failed ended otherwise, each with a reason
 * @param refused a gate said no, at {@code send()} or before the wire
 * @param givenUp nobody knows whether they arrived
 * @param policyDuplicates further copies that the retry policy chose after the carrier had refused the copy before
 * @param duplicates further copies that nothing explains
 * @param lost never accepted by the carrier, without a reason
 * @param stuck given up because the run ended before they did
 * @param contradictions where the carrier's log says otherwise than our tables
 */
record Verdict(
        long accepted,
        long delivered,
        long failed,
        long refused,
        long givenUp,
        int policyDuplicates,
        int duplicates,
        int lost,
        long stuck,
        int contradictions) {

    static Verdict of(List<SentRow> rows, GroundTruth truth) {
        long refused = count(rows, Fate.REFUSED);
        return new Verdict(
                rows.size() - refused,
                count(rows, Fate.DELIVERED),
                count(rows, Fate.FAILED),
                refused,
                count(rows, Fate.GIVEN_UP),
                truth.policyDuplicates(),
                truth.duplicates(),
                truth.lost(),
                rows.stream()
                        .filter(row -> Fate.isUnfinished(row.view().status()))
                        .count(),
                truth.contradictions());
    }

    private static long count(List<SentRow> rows, Fate fate) {
        return rows.stream().filter(row -> row.fate() == fate).count();
    }

    /** Whether everything ended as promised. Failed messages are no error: they have a reason. */
    boolean holds() {
        return duplicates == 0
                && lost == 0
                && stuck == 0
                && contradictions == 0
                && accepted == delivered + failed + givenUp;
    }

    /** For machines; the last line of a run. */
    String line() {
        return "accepted=" + accepted + " delivered=" + delivered + " failed=" + failed + " refused=" + refused
                + " given_up=" + givenUp + " policy_duplicates=" + policyDuplicates + " duplicates=" + duplicates
                + " lost=" + lost;
    }
}
