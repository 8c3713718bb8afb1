package io.tidings.examples.cluster;

import java.util.List;

/**
 * The figures of a run.
 *
 * @param ends how the committed messages ended
 * @param copies what the sandbox accepted
 * @param kills what befell the nodes
 * @param densest the most segments of one sender in any second, by the sandbox's log
 */
record Verdict(Ends ends, Copies copies, Kills kills, int densest) {

    /** How messages ended; {@code stuck} did not. */
    record Ends(int committed, int delivered, int givenUp, int stuck) {}

    /**
     * What the sandbox accepted.
     *
     * @param chosen second copies that a policy chose knowingly, because nothing told whether the first had arrived
     * @param duplicates second copies that nothing explains
     * @param lost never accepted, without a final state and its reason
     * @param ghosts accepted although the host's transaction was rolled back
     */
    record Copies(int chosen, int duplicates, int lost, int ghosts) {}

    /**
     * Kills.
     *
     * @param count how many
     * @param inFlight how many of them left at least one message in the air
     * @param sending how many messages were in the air at all kills together
     */
    record Kills(int count, int inFlight, long sending) {
        static Kills of(List<Nodes.Event> events) {
            List<Nodes.Event> kills =
                    events.stream().filter(event -> event.inTheAir() >= 0).toList();
            return new Kills(
                    kills.size(),
                    (int) kills.stream().filter(kill -> kill.inTheAir() > 0).count(),
                    kills.stream().mapToLong(Nodes.Event::inTheAir).sum());
        }

        /** Whether at least one, and one in ten, left a message in the air: a run in which fewer did proves little. */
        boolean tellEnough() {
            return inFlight > 0 && inFlight * 10 >= count;
        }
    }

    /** Whether every promise held. */
    boolean holds(Plan plan) {
        return copies.duplicates() == 0
                && copies.lost() == 0
                && copies.ghosts() == 0
                && ends.stuck() == 0
                && ends.givenUp() <= kills.sending()
                && densest <= 2 * plan.rate();
    }

    /** For machines; the last line of a run. */
    String line() {
        return "committed=" + ends.committed() + " delivered=" + ends.delivered() + " given_up=" + ends.givenUp()
                + " policy_duplicates=" + copies.chosen() + " kills=" + kills.count() + " kills_in_flight="
                + kills.inFlight() + " densest_second=" + densest + " rolled_back_but_sent=" + copies.ghosts()
                + " duplicates=" + copies.duplicates() + " lost=" + copies.lost() + " stuck=" + ends.stuck();
    }
}
