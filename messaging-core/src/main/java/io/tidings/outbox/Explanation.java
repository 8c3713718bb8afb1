package io.tidings.outbox;

import io.tidings.audit.Action;
import io.tidings.audit.Actor;
import io.tidings.gate.Decision;
import io.tidings.gate.GateRecord;
import io.tidings.history.Attempt;
import io.tidings.history.Observation;
import io.tidings.message.AttemptStatus;
import io.tidings.message.Failure;
import io.tidings.message.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Everything that happened to one message, in order. Holds no number and no text.
 *
 * @param message the message as it stands
 * @param decisions what the gates said
 * @param attempts each attempt with what was seen of it
 * @param acts what the audit trail has about it, oldest first, at most 100
 * @param estimate what one copy costs by the price book, or {@code null} if that has no price for it
 */
public record Explanation(
        MessageView message,
        List<GateRecord> decisions,
        List<Story> attempts,
        List<Act> acts,
        @Nullable Money estimate) {

    /** Copies the lists. */
    public Explanation {
        decisions = List.copyOf(decisions);
        attempts = List.copyOf(attempts);
        acts = List.copyOf(acts);
    }

    /** An entry of the audit trail, to be looked up there by its id. */
    public record Act(UUID entry, Instant at, Action action, Actor actor) {}

    /**
     * What comes next.
     *
     * @param attempt the number of the attempt
     * @param at when it is due
     * @param because why it is needed, or why not earlier
     */
    public record Next(int attempt, Instant at, String because) {}

    /**
     * A doubt about an attempt.
     *
     * @param since when its outcome was unknown
     * @param cause why, in a short word
     * @param evidence what ended the doubt: what was seen of the attempt, the decision of the policy or of a person; or
     *     {@code null} as long as nothing did
     */
    public record Doubt(
            Instant since, String cause, @Nullable Observation evidence) {}

    /**
     * One attempt.
     *
     * @param attempt the sum of what is known
     * @param seen the observations it was summed from
     */
    public record Story(Attempt attempt, List<Observation> seen) {
        /** Copies the observations. */
        public Story {
            seen = List.copyOf(seen);
        }

        /** How long it waited for permits, a slot or its sender after it was due. */
        public Duration throttled() {
            return attempt.waited();
        }

        /** The doubt about its outcome, if there was one. Evidence goes before a decision that was made without. */
        public Optional<Doubt> doubt() {
            return seen.stream()
                    .filter(each -> each.status() == AttemptStatus.UNCERTAIN)
                    .findFirst()
                    .map(each -> new Doubt(
                            each.at(),
                            each.cause() == null ? "no usable answer" : each.cause(),
                            fact().or(this::decision).orElse(null)));
        }

        private Optional<Observation> fact() {
            return seen.stream()
                    .filter(each -> each.status().compareTo(AttemptStatus.UNCERTAIN) > 0)
                    .findFirst();
        }

        private Optional<Observation> decision() {
            return seen.stream().filter(each -> each.source().isDecision()).reduce((before, later) -> later);
        }

        /** What the provider charged for it, if it has told. */
        public Optional<Money> charged() {
            return seen.stream().flatMap(each -> each.charge().stream()).reduce((before, later) -> later);
        }
    }

    /** The next attempt, if one is planned. */
    public Optional<Next> next() {
        Instant at = message.nextAt();
        return at == null
                ? Optional.empty()
                : Optional.of(new Next(message.tries().attempts() + 1, at, because()));
    }

    private String because() {
        Failure failure = message.failure();
        if (failure != null) {
            return failure.explanation();
        }
        Decision last =
                decisions.isEmpty() ? null : decisions.get(decisions.size() - 1).decision();
        if (last instanceof Decision.Delay delay) {
            return delay.reason();
        }
        boolean later = message.stored().message().timing().notBefore() != null;
        return later ? "it was asked for then" : "it waits for its turn";
    }

    /** The story for people, a line for each step, with the time since the message was taken in. */
    public String text() {
        return new Narrative(this).text();
    }
}
