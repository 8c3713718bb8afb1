package io.tidings.event;

import io.tidings.message.MessageId;
import io.tidings.message.OutboundMessage;
import java.time.Instant;

/**
 * The provider has taken a message. Comes once for each time: again when a failure that the carrier reported later made
 * another attempt.
 *
 * @param event its number
 * @param at when it happened
 * @param id the message
 * @param message what it says, and to whom
 */
public record MessageSent(long event, Instant at, MessageId id, OutboundMessage message) implements MessagingEvent {}
