package io.tidings.history;

import io.tidings.message.InboundMessage;
import org.jspecify.annotations.Nullable;

/**
 * An inbound message and how far it has come.
 *
 * @param message the message
 * @param state how far
 * @param claims how often it was claimed in this state; together with the state it fences who lost a claim
 * @param note why it stands where it is, for an operator; never a number or a text; {@code null} at the beginning
 */
public record InboundRow(
        InboundMessage message,
        InboundState state,
        int claims,
        @Nullable String note) {}
