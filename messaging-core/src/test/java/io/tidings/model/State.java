package io.tidings.model;

import io.tidings.model.Message.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Everything that the future depends on. Attempts are numbered through: {@code message * MOST + number}.
 *
 * @param messages all of them
 * @param lease the node whose lease of the sender is valid, or {@link #NOBODY}
 * @param alive a bit for each node
 * @param mishaps how many there were
 */
record State(List<Message> messages, int lease, int alive, int mishaps) {
    static final int NOBODY = 3;
    static final int NOBODY_YET = -1;

    static State start(Setting setting) {
        return new State(
                List.of(Message.NEW, Message.NEW), NOBODY, (1 << setting.size().nodes()) - 1, 0);
    }

    boolean isAlive(int node) {
        return (alive & 1 << node) != 0;
    }

    Message message(int which) {
        return messages.get(which);
    }

    Attempt attempt(int which) {
        return messages.get(which / Setting.MOST).attempts().get(which % Setting.MOST);
    }

    static int messageOf(int attempt) {
        return attempt / Setting.MOST;
    }

    int newest(int message) {
        return message * Setting.MOST + messages.get(message).attempts().size() - 1;
    }

    boolean isNewest(int attempt) {
        return newest(messageOf(attempt)) == attempt;
    }

    int[] attempts() {
        int first = messages.get(0).attempts().size();
        int[] all = new int[first + messages.get(1).attempts().size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = i < first ? i : Setting.MOST + i - first;
        }
        return all;
    }

    boolean waits() {
        return messages.get(0).row().waits() || messages.get(1).row().waits();
    }

    State leasedTo(int node) {
        return new State(messages, node, alive, mishaps);
    }

    State mishap() {
        return new State(messages, lease, alive, mishaps + 1);
    }

    State with(int message, Message changed) {
        List<Message> all = new ArrayList<>(messages);
        all.set(message, changed);
        return new State(all, lease, alive, mishaps);
    }

    State with(int message, Row row) {
        return with(message, messages.get(message).with(row));
    }

    State change(int attempt, UnaryOperator<Attempt> step) {
        int message = messageOf(attempt);
        return with(message, messages.get(message).with(attempt % Setting.MOST, step.apply(attempt(attempt))));
    }

    /** What it waited for is awaited by nobody; what it had committed is on its way, or never will be. */
    State crash(int node) {
        State after = new State(messages, lease, alive & ~(1 << node), mishaps);
        for (int attempt : attempts()) {
            if (attempt(attempt).waiting() == node) {
                after = after.change(attempt, Attempt::unwaited);
            }
        }
        return after;
    }

    /** The same without what can make no difference any more. */
    State tidied() {
        State after = waits() ? this : leasedTo(NOBODY);
        for (int attempt : attempts()) {
            after = after.tidied(attempt);
        }
        return after;
    }

    private State tidied(int attempt) {
        Attempt one = attempt(attempt);
        boolean toldAll = one.known() == Attempt.Known.TAKEN && one.owner() == attempt;
        boolean tellsNothing = one.known() == Attempt.Known.UNCERTAIN
                && (one.wire() == Attempt.Wire.GONE || one.wire() == Attempt.Wire.THROTTLED);
        boolean waits = one.isWaitedFor() && !toldAll && !tellsNothing;
        boolean refused = one.wire() == Attempt.Wire.THROTTLED || one.wire() == Attempt.Wire.REFUSED;
        Attempt tidy = waits ? one : one.unwaited();
        Attempt tidier = refused && !waits ? tidy.with(Attempt.Wire.GONE) : tidy;
        return tidier.equals(one) ? this : change(attempt, same -> tidier);
    }
}
