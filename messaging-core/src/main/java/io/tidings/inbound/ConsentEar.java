package io.tidings.inbound;

import io.tidings.message.InboundMessage;
import io.tidings.message.OutboundMessage;
import org.jspecify.annotations.Nullable;

/** Hears every message before any handler does. Called inside the transaction that marks the message as heard. */
@FunctionalInterface
public interface ConsentEar {

    /** Records what a message means for consent. Hearing a message again changes nothing. */
    Heard hear(InboundMessage message);

    /**
     * What was heard.
     *
     * @param command whether it was about consent alone, so that no handler gets it
     * @param answer the answer that is due, or {@code null}
     */
    record Heard(boolean command, @Nullable OutboundMessage answer) {}
}
