package io.tidings.event;

import io.tidings.message.MessageId;
import io.tidings.message.OutboundMessage;
import java.time.Instant;

/**
 * The recipient opened a message; WhatsApp only, and only if the recipient lets it be known.
 *
 * @param event its number
 * @param at when it happened
 * @param id the message
 * @param message what it says, and to whom
 */
public record MessageRead(long event, Instant at, MessageId id, OutboundMessage message) implements MessagingEvent {}
