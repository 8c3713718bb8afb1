package io.tidings.event;

import io.tidings.message.Failure;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.message.OutboundMessage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message has ended without reaching its recipient, as far as is known: undelivered, failed, refused by a gate, expired
 * or dead. An operator may still send a dead one again.
 *
 * @param event its number
 * @param at when it happened
 * @param id the message
 * @param message what it says, and to whom
 * @param status how it ended
 * @param failure why, or {@code null} if nobody said
 */
public record MessageFailed(
        long event,
        Instant at,
        MessageId id,
        OutboundMessage message,
        MessageStatus status,
        @Nullable Failure failure) implements MessagingEvent {}
