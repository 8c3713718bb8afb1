package io.tidings.event;

import io.tidings.message.MessageId;
import io.tidings.message.OutboundMessage;
import java.time.Instant;

/**
 * A message was taken in: {@code send()} has stored it and its transaction has committed. It may leave at a later time.
 *
 * @param event its number
 * @param at when it happened
 * @param id the message
 * @param message what it says, and to whom
 */
public record MessageQueued(long event, Instant at, MessageId id, OutboundMessage message) implements MessagingEvent {}
