package io.tidings.jdbc.torture;

import io.tidings.history.Observation.Source;
import io.tidings.message.MessageStatus;
import io.tidings.outbox.Explanation;

/**
 * How messages ended, by the sandbox's log and by our books.
 *
 * @param delivered the provider delivered them
 * @param givenUp DEAD or EXPIRED, with a reason
 * @param chosen second copies that a policy chose, because nothing told whether the first had arrived
 * @param duplicates second copies that nothing explains
 * @param lost never accepted and without a reasoned end
 * @param stuck without an end
 */
record End(int delivered, int givenUp, int chosen, int duplicates, int lost, int stuck) {
    static final End NONE = new End(0, 0, 0, 0, 0, 0);

    /** Of a message whose token was accepted so often. */
    static End of(Explanation story, int times) {
        MessageStatus status = story.message().status();
        int allowed = 1 + resends(story);
        boolean ended = status.isTerminal() && story.message().failure() != null;
        return new End(
                status == MessageStatus.DELIVERED ? 1 : 0,
                status == MessageStatus.DEAD || status == MessageStatus.EXPIRED ? 1 : 0,
                Math.max(0, Math.min(times, allowed) - 1),
                Math.max(0, times - allowed),
                times == 0 && !ended ? 1 : 0,
                status.isTerminal() ? 0 : 1);
    }

    private static int resends(Explanation story) {
        return (int) story.attempts().stream()
                .flatMap(attempt -> attempt.seen().stream())
                .filter(seen -> seen.source() == Source.POLICY_RESENT)
                .count();
    }

    End plus(End other) {
        return new End(
                delivered + other.delivered,
                givenUp + other.givenUp,
                chosen + other.chosen,
                duplicates + other.duplicates,
                lost + other.lost,
                stuck + other.stuck);
    }

    boolean holds() {
        return duplicates == 0 && lost == 0 && stuck == 0;
    }

    @Override
    public String toString() {
        return "delivered=" + delivered + " given_up=" + givenUp + " policy_duplicates=" + chosen + " duplicates="
                + duplicates + " lost=" + lost + " stuck=" + stuck;
    }
}
