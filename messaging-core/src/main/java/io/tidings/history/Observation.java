package io.tidings.history;

import io.tidings.message.AttemptStatus;
import java.time.Instant;
import java.util.Map;
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

    /** Copies the parameters. */
    public Observation {
        raw = Map.copyOf(raw);
    }

    /** A note of ours, with the least of all statuses, so that merging it changes nothing. */
    public static Observation note(Source source, String text, Instant at) {
        return new Observation(AttemptStatus.SENDING_TO_PROVIDER, null, 0, text, source, at, Map.of());
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
