package io.tidings.gate;

import io.tidings.message.MessageId;
import io.tidings.message.OutboundMessage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a gate decides by.
 *
 * @param id the message's id
 * @param message the message with its rendered content and its sender
 * @param expiresAt when its time-to-live ends, or {@code null} for never
 * @param stage when the gate is asked
 * @param now the date
 * @param facts what the stores know, read in the same transaction
 * @param segments how many segments it is charged as
 */
public record GateRequest(
        MessageId id,
        OutboundMessage message,
        @Nullable Instant expiresAt,
        Stage stage,
        Instant now,
        Facts facts,
        int segments) {

    /** About a message of one segment. */
    public GateRequest(
            MessageId id, OutboundMessage message, @Nullable Instant expiresAt, Stage stage, Instant now, Facts facts) {
        this(id, message, expiresAt, stage, now, facts, 1);
    }
}
