package io.tidings.event;

import io.tidings.message.InboundMessage;
import java.time.Instant;

/**
 * A message from a person was stored. Also told for STOP, START and HELP; whoever answers is a handler, see
 * {@code TidingsBuilder.onSms}.
 *
 * @param event its number
 * @param at when it was stored
 * @param message what the person wrote: a stranger's words
 */
public record MessageReceived(long event, Instant at, InboundMessage message) implements MessagingEvent {}
