package io.tidings.webhook;

import io.tidings.message.AttemptId;
import io.tidings.message.MessageId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A webhook of the provider that was taken in.
 *
 * @param id by which it is replayed
 * @param kind what it was about
 * @param at when it came
 * @param outcome what it told of an attempt, the name of an {@code AttemptStatus}, or how far the handling of a message from
 *     a person has come, the name of an {@code InboundState}
 * @param message the message that it is about, ours or a person's
 * @param attempt the attempt that it is about, or {@code null} for a message from a person
 * @param parameters what it said, as it came; empty if that is kept no longer. They hold numbers and texts
 */
public record WebhookEntry(
        String id,
        Kind kind,
        Instant at,
        String outcome,
        MessageId message,
        @Nullable AttemptId attempt,
        Map<String, String> parameters) {

    /** Copies the parameters. */
    public WebhookEntry {
        parameters = Map.copyOf(parameters);
    }

    /** What a webhook is about. */
    public enum Kind {
        /** What became of an attempt. */
        STATUS,
        /** What a person sent. */
        INBOUND
    }

    /** Prints no parameter values. */
    @Override
    public String toString() {
        return "WebhookEntry[" + id + ", " + kind + ", " + at + ", " + outcome + ", " + message + ", "
                + parameters.keySet() + "]";
    }
}
