package io.tidings.event;

import io.tidings.message.MessageId;
import io.tidings.message.OutboundMessage;
import java.time.Instant;

/**
 * A message was cancelled before an attempt began, or at the provider.
 *
 * @param event its number
 * @param at when it happened
 * @param id the message
 * @param message what it says, and to whom
 */
public record MessageCanceled(long event, Instant at, MessageId id, OutboundMessage message)
        implements MessagingEvent {}
