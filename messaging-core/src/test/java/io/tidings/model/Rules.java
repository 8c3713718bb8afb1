package io.tidings.model;

import io.tidings.model.Attempt.Known;
import io.tidings.model.Attempt.Wire;
import io.tidings.model.Message.Row;
import io.tidings.model.Setting.Fault;
import java.util.ArrayList;
import java.util.List;

/**
 * What can happen next. Time is left out: a lease may end, a node may pause, a list may lag, and a horizon may come
 * whenever something could be then, so every speed of everything is among the interleavings.
 */
final class Rules {
    private final Setting setting;
    private final Books books;

    Rules(Setting setting) {
        this.setting = setting;
        this.books = new Books(setting);
    }

    List<Step> next(State state) {
        List<Step> steps = new ArrayList<>(32);
        for (int node = 0; node < setting.size().nodes(); node++) {
            if (state.isAlive(node)) {
                node(state, node, steps);
            }
        }
        if (state.lease() != State.NOBODY) {
            steps.add(Step.moves("loses its lease", state.lease(), state.leasedTo(State.NOBODY)));
        }
        for (int attempt : state.attempts()) {
            sending(state, attempt, steps);
            provider(state, attempt, steps);
            answer(state, attempt, steps);
            looks(state, attempt, steps);
        }
        for (int message = 0; message < Setting.MESSAGES; message++) {
            held(state, message, steps);
        }
        return steps;
    }

    private void node(State state, int node, List<Step> steps) {
        if (state.lease() == State.NOBODY && state.waits()) {
            steps.add(Step.moves("owns", node, state.leasedTo(node)));
        }
        for (int message = 0; message < Setting.MESSAGES; message++) {
            begin(state, node, message, steps);
        }
        boolean lastOne = Integer.bitCount(state.alive())
                <= setting.size().nodes() - setting.size().crashes();
        if (!lastOne) {
            steps.add(Step.may("dies", node, state.crash(node)));
        }
    }

    /**
     * The node may have read the row as due at any time before. The transaction before the wire looks again: it still
     * waits, and the lease is still ours.
     */
    private void begin(State state, int node, int message, List<Step> steps) {
        Message row = state.message(message);
        boolean passes = row.row() == Row.QUEUED && state.lease() == node;
        boolean unfenced =
                setting.has(Fault.BEGIN_WITHOUT_FENCE) && row.attempts().size() < Setting.MOST;
        if (passes || unfenced) {
            steps.add(Step.must("begins", message, state.with(message, row.begunBy(node))));
        }
    }

    /** What the node sees at once. */
    private void sending(State state, int attempt, List<Step> steps) {
        Attempt one = state.attempt(attempt);
        if (one.wire() != Wire.AWAY || !one.isWaitedFor()) {
            return;
        }
        if (hasMishaps(state)) {
            State unsent = state.mishap().change(attempt, a -> a.with(Wire.GONE).unwaited());
            steps.add(Step.may("unsent", attempt, books.outcome(unsent, attempt, Known.UNSENT)));
        }
        if (setting.has(Fault.SENT_BEFORE_COMMIT)) {
            State sent = state.change(attempt, Attempt::unwaited);
            steps.add(Step.may("rolls back", attempt, sent.with(State.messageOf(attempt), Row.QUEUED)));
        }
    }

    private boolean hasMishaps(State state) {
        return state.mishaps() < setting.size().mishaps();
    }

    private void provider(State state, int attempt, List<Step> steps) {
        Attempt one = state.attempt(attempt);
        if (one.wire() == Wire.AWAY) {
            steps.add(Step.may("takes", attempt, state.change(attempt, a -> a.with(Wire.TAKEN))));
            if (hasMishaps(state)) {
                State refused = state.mishap();
                steps.add(Step.may("429", attempt, refused.change(attempt, a -> a.with(Wire.THROTTLED))));
                steps.add(Step.may("4xx", attempt, refused.change(attempt, a -> a.with(Wire.REFUSED))));
            }
        }
        if (one.isTaken() && one.owner() == State.NOBODY_YET) {
            steps.add(Step.may("callback", attempt, books.report(state, attempt, attempt)));
        }
    }

    /** The answer comes, or does not. */
    private void answer(State state, int attempt, List<Step> steps) {
        Attempt one = state.attempt(attempt);
        if (!one.isWaitedFor()) {
            return;
        }
        State heard = state.change(attempt, Attempt::unwaited);
        steps.add(Step.must("no answer", attempt, books.outcome(heard, attempt, Known.UNCERTAIN)));
        switch (one.wire()) {
            case TAKEN -> steps.add(Step.must("answer", attempt, books.outcome(heard, attempt, Known.TAKEN)));
            case THROTTLED -> steps.add(Step.must("answer", attempt, books.outcome(heard, attempt, Known.THROTTLED)));
            case REFUSED -> steps.add(Step.must("answer", attempt, books.outcome(heard, attempt, Known.REJECTED)));
            case AWAY, GONE -> {}
        }
    }

    /** The list shows a created message, and it is counted for one of the equal attempts in doubt. */
    private void looks(State state, int doubt, List<Step> steps) {
        if (!state.attempt(doubt).isInDoubt() || isWithheld(state, doubt)) {
            return;
        }
        boolean comesFirst = isHeld(state, doubt) || !isOtherHeld(state, doubt);
        for (int created : state.attempts()) {
            boolean free =
                    state.attempt(created).owner() == State.NOBODY_YET || setting.has(Fault.LISTED_MESSAGE_GIVEN_TWICE);
            if (comesFirst && free && state.attempt(created).isTaken() && areAlike(doubt, created)) {
                State after = books.report(state, doubt, created);
                steps.add(Step.must("is found", doubt, after));
            }
        }
    }

    private boolean areAlike(int one, int other) {
        return setting.twins() || State.messageOf(one) == State.messageOf(other);
    }

    /** The message still waits for this attempt to be resolved. */
    private static boolean isHeld(State state, int attempt) {
        return state.isNewest(attempt)
                && state.attempt(attempt).isInDoubt()
                && state.message(State.messageOf(attempt)).row() == Row.UNCERTAIN;
    }

    private boolean isOtherHeld(State state, int doubt) {
        for (int other : state.attempts()) {
            if (areAlike(doubt, other) && isHeld(state, other)) {
                return true;
            }
        }
        return false;
    }

    /** What may belong to an equal attempt that is in the air is given to nobody. */
    private boolean isWithheld(State state, int doubt) {
        for (int other : state.attempts()) {
            boolean inTheAir = state.isNewest(other)
                    && state.message(State.messageOf(other)).row() == Row.SENDING;
            if (other != doubt && inTheAir && areAlike(doubt, other)) {
                return true;
            }
        }
        return false;
    }

    private void held(State state, int message, List<Step> steps) {
        Message one = state.message(message);
        boolean lost = one.row() == Row.SENDING && state.lease() != one.beginner();
        if (lost && !setting.has(Fault.NEVER_RECOVERED)) {
            steps.add(Step.must("recovers", message, books.recover(state, message)));
        }
        if (one.row() == Row.UNCERTAIN) {
            steps.add(Step.must("horizon of", message, books.decide(state, message)));
        }
        if (!one.attempts().isEmpty() && !setting.has(Fault.ATTEMPT_BESIDE_FORGOTTEN)) {
            forgotten(state, message, steps);
        }
    }

    /** Its message left the queue by another attempt while it was in the air, and its node has not told since. */
    private static void forgotten(State state, int message, List<Step> steps) {
        int newest = state.newest(message);
        boolean beside =
                !state.message(message).row().waits() && state.attempt(newest).known() == Known.SENDING;
        if (beside && !state.attempt(newest).isWaitedFor()) {
            State after = state.change(newest, one -> one.seen(Known.UNCERTAIN));
            steps.add(Step.must("doubts", newest, after));
        }
    }
}
