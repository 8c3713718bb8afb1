package io.tidings.model;

import io.tidings.model.Attempt.Decided;
import io.tidings.model.Attempt.Known;
import io.tidings.model.Attempt.Wire;
import io.tidings.model.Message.Row;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What must hold, in the words of the guarantees. */
record Invariants(Setting setting) {

    /** What is wrong in a state, whatever comes next. */
    Optional<String> broken(State state) {
        for (Message message : state.messages()) {
            Optional<String> wrong = broken(message);
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        return classes(state).anyMatch(this::isPhantom)
                ? Optional.of("accepted in the books, never created")
                : Optional.empty();
    }

    private Optional<String> broken(Message message) {
        int copies = message.copies();
        if (setting.policy() == Setting.Policy.GIVE_UP && copies > 1) {
            return Optional.of("a duplicate of an at-most-once message");
        }
        if (copies - 1 > message.decided(Decided.RESENT)) {
            return Optional.of("more copies than the policy chose");
        }
        if (hasBeenSentTooEarly(message)) {
            return Optional.of("sent again, neither provably unprocessed nor by the policy");
        }
        if (message.attempts().stream().anyMatch(Invariants::isWronglyFree)) {
            return Optional.of("called unprocessed, and it may be processed");
        }
        return lost(message);
    }

    private static boolean hasBeenSentTooEarly(Message message) {
        return IntStream.range(0, message.attempts().size() - 1)
                .mapToObj(message.attempts()::get)
                .anyMatch(one -> one.known() != Known.UNSENT
                        && one.known() != Known.THROTTLED
                        && one.decided() != Decided.RESENT);
    }

    private static boolean isWronglyFree(Attempt one) {
        boolean free = one.known() == Known.UNSENT || one.known() == Known.THROTTLED;
        return free && (one.wire() == Wire.TAKEN || one.wire() == Wire.AWAY);
    }

    /** A message ends without a copy only for a reason: refused, given up in doubt, or all attempts spent in doubt. */
    private Optional<String> lost(Message message) {
        if (message.row() == Row.FAILED && message.known(Known.REJECTED) == 0) {
            return Optional.of("failed without a refusal");
        }
        if (message.row() != Row.DEAD) {
            return Optional.empty();
        }
        boolean spent = switch (setting.policy()) {
            case GIVE_UP -> true;
            case RESEND_ONCE ->
                message.decided(Decided.RESENT) == 1
                        || message.spent() >= setting.size().budget();
            case RESEND -> message.spent() >= setting.size().budget();
        };
        boolean inDoubt = message.newest().decided() == Decided.GAVE_UP;
        return spent && inDoubt ? Optional.empty() : Optional.of("lost: ended with attempts left");
    }

    /** Equal messages are exchangeable: what counts is how many there are. */
    private Stream<List<Message>> classes(State state) {
        return setting.twins()
                ? Stream.of(state.messages())
                : state.messages().stream().map(List::of);
    }

    private boolean isPhantom(List<Message> equal) {
        int accepted =
                (int) equal.stream().filter(one -> one.row() == Row.ACCEPTED).count();
        return accepted > copies(equal) || known(equal) > copies(equal);
    }

    private static int copies(List<Message> equal) {
        return equal.stream().mapToInt(Message::copies).sum();
    }

    private static int known(List<Message> equal) {
        return equal.stream().mapToInt(one -> one.known(Known.TAKEN)).sum();
    }

    /** What is wrong where nothing more will happen, and all evidence that came was looked at. */
    Optional<String> brokenAtTheEnd(State state) {
        if (state.waits()) {
            return Optional.of("stuck");
        }
        if (classes(state).anyMatch(equal -> known(equal) != copies(equal))) {
            return Optional.of("copies that the books do not count, whatever evidence came");
        }
        boolean unseen =
                state.messages().stream().anyMatch(one -> one.known(Known.TAKEN) > 0 && one.row() != Row.ACCEPTED);
        return unseen ? Optional.of("a message with a copy that does not stand with it") : Optional.empty();
    }
}
