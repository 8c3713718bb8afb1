package io.tidings.history;

import io.tidings.message.AttemptStatus;
import io.tidings.message.Money;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One thing we saw of an attempt: an answer, a callback, a poll, or that there was no answer. Kept raw, in the order of
 * arrival, and merged into the attempt.
 *
 * @param status what was seen
 * @param sid the provider's id if it was part of it
 * @param errorCode the provider's error code, 0 if none
 * @param cause a short word where there was no answer, or {@code null}
 * @param source how it was seen
 * @param at when
 * @param raw the parameters as they came; empty for answers
 */
public record Observation(
        AttemptStatus status,
        @Nullable String sid,
        int errorCode,
        @Nullable String cause,
        Source source,
        Instant at,
        Map<String, String> raw) {
    private static final String PRICE = "Price";
    private static final String PRICE_UNIT = "PriceUnit";
    private static final Set<String> CHARGE = Set.of(PRICE, PRICE_UNIT);

    /** Copies the parameters. */
    public Observation {
        raw = Map.copyOf(raw);
    }

    /** A note of ours, with the least of all statuses, so that merging it changes nothing. */
    public static Observation note(Source source, String text, Instant at) {
        return new Observation(AttemptStatus.SENDING_TO_PROVIDER, null, 0, text, source, at, Map.of());
    }

    /** The same without its parameters, except what the provider charged. */
    public Observation withoutRaw() {
        Map<String, String> kept = new HashMap<>(raw);
        kept.keySet().retainAll(CHARGE);
        return new Observation(status, sid, errorCode, cause, source, at, kept);
    }

    /** What the provider charged, if it told so here. */
    public Optional<Money> charge() {
        String price = raw.get(PRICE);
        String unit = raw.get(PRICE_UNIT);
        return source != Source.POLL || price == null || unit == null
                ? Optional.empty()
                : Optional.of(Money.of(price, unit));
    }

    /** How something was seen. */
    public enum Source {
        /** The answer to our request, or its absence. */
        ANSWER,
        /** A status callback. */
        CALLBACK,
        /** We asked. */
        POLL,
        /** The node that made the attempt is gone. */
        RECOVERY,
        /** The provider's list showed a message that must be it. */
        LIST,
        /** The provider's list was looked at, and did not show it. */
        LOOK,
        /** Nothing told in time; the policy of the category sent the message again. */
        POLICY_RESENT,
        /** Nothing told in time; the policy of the category gave the message up. */
        POLICY_GAVE_UP,
        /** Nothing told in time; the policy of the category left the message to a person. */
        POLICY_ASKED,
        /** A person decided. */
        OPERATOR,
        /** It turned out to be a second copy. */
        DUPLICATE;

        /** Whether the policy of a category or a person decided. */
        public boolean isDecision() {
            return compareTo(POLICY_RESENT) >= 0 && compareTo(OPERATOR) <= 0;
        }

        /** Whether this is our own note on the way to an answer, not something seen of the attempt. */
        public boolean isNote() {
            return compareTo(LOOK) >= 0;
        }
    }

    /** Prints no parameter values: they hold numbers. */
    @Override
    public String toString() {
        return "Observation[" + status + ", sid=" + sid + ", errorCode=" + errorCode + ", cause=" + cause + ", "
                + source + ", " + at + ", raw=" + raw.keySet() + "]";
    }
}
