package io.tidings.model;

import io.tidings.model.Attempt.Decided;
import io.tidings.model.Attempt.Known;
import io.tidings.model.Message.Row;
import io.tidings.model.Setting.Fault;

/** What the books make of what is seen: answers, callbacks, lists, recoveries and horizons. */
record Books(Setting setting) {

    /** An answer, or the end of waiting for one. */
    State outcome(State state, int attempt, Known what) {
        if (what != Known.TAKEN) {
            return answered(observe(state, attempt, what), state, attempt, what);
        }
        int owner = owner(state, attempt, attempt);
        State after = answered(observe(state, attempt, attempt), state, owner, what);
        return owner == attempt
                ? after
                : answered(observe(after, attempt, Known.UNCERTAIN), after, attempt, Known.UNCERTAIN);
    }

    /** A callback about this attempt, or a listed message that is counted for it. */
    State report(State state, int attempt, int created) {
        int owner = owner(state, attempt, created);
        State after = observe(state, attempt, created);
        return state.attempt(owner).known() == Known.TAKEN ? after : taken(after, owner);
    }

    private int owner(State state, int attempt, int created) {
        int owner = state.attempt(created).owner();
        boolean twice = setting.has(Fault.LISTED_MESSAGE_GIVEN_TWICE) && attempt != created;
        return owner == State.NOBODY_YET || twice ? attempt : owner;
    }

    private static State observe(State state, int attempt, Known what) {
        return state.change(attempt, one -> one.seen(what));
    }

    /** An id belongs to the first attempt seen with it. One that only the list had given is free when the own is known. */
    private State observe(State state, int attempt, int created) {
        int owner = owner(state, attempt, created);
        State after = state;
        if (owner == created && !setting.has(Fault.LISTED_ID_KEPT_BESIDE_THE_OWN)) {
            for (int other : state.attempts()) {
                if (other != owner && state.attempt(other).owner() == owner) {
                    after = after.change(other, one -> one.ownedBy(State.NOBODY_YET));
                }
            }
        }
        return observe(after.change(created, one -> one.ownedBy(owner)), owner, Known.TAKEN);
    }

    private State answered(State after, State before, int attempt, Known what) {
        int message = State.messageOf(attempt);
        Row row = after.message(message).row();
        boolean fenced = after.isNewest(attempt) || setting.has(Fault.OLD_ANSWER_MOVES_THE_ROW);
        boolean open = (row == Row.SENDING || row == Row.UNCERTAIN) && fenced;
        Known known = after.attempt(attempt).known();
        if (open && known == Known.TAKEN) {
            return after.with(message, Row.ACCEPTED);
        }
        if (open) {
            boolean nothingNew = row == Row.UNCERTAIN && known == Known.UNCERTAIN;
            return nothingNew ? after : settled(after, message, what);
        }
        boolean news = before.attempt(attempt).known() != Known.TAKEN && known == Known.TAKEN;
        return news ? taken(after, attempt) : after;
    }

    private State settled(State after, int message, Known what) {
        return switch (what) {
            case UNSENT, THROTTLED -> after.with(message, Row.QUEUED);
            case REJECTED -> after.with(message, Row.FAILED);
            case UNCERTAIN ->
                after.with(message, setting.has(Fault.LOST_ANSWER_MEANS_UNSENT) ? Row.QUEUED : Row.UNCERTAIN);
            case SENDING, TAKEN -> throw new IllegalStateException("no outcome: " + what);
        };
    }

    /** The provider has a copy, whichever attempt it was: nothing is sent again, and the message stands with it. */
    private State taken(State after, int attempt) {
        int message = State.messageOf(attempt);
        boolean stays = after.message(message).row() == Row.FAILED && setting.has(Fault.REFUSAL_OUTWEIGHS_THE_COPY);
        return stays ? after : after.with(message, Row.ACCEPTED);
    }

    /** The node that began the newest attempt has lost its sender. */
    State recover(State state, int message) {
        if (setting.has(Fault.RECOVERED_TO_QUEUED)) {
            return state.with(message, Row.QUEUED);
        }
        return observe(state.with(message, Row.UNCERTAIN), state.newest(message), Known.UNCERTAIN);
    }

    /** At the horizon the policy decides. */
    State decide(State state, int message) {
        Message held = state.message(message);
        Message charged = held.charged();
        boolean resend = switch (setting.policy()) {
            case GIVE_UP -> setting.has(Fault.ABSENCE_PROVES);
            case RESEND_ONCE -> charged.spent() < setting.size().budget() && held.known(Known.UNCERTAIN) == 1;
            case RESEND -> charged.spent() < setting.size().budget();
        };
        Message after = charged.with(resend ? Row.QUEUED : Row.DEAD);
        boolean decided = resend && setting.policy() != Setting.Policy.GIVE_UP;
        return state.with(message, after)
                .change(
                        state.newest(message),
                        one -> one.with(decided ? Decided.RESENT : resend ? Decided.NOTHING : Decided.GAVE_UP));
    }
}
