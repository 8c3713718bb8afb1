package io.tidings.inbound;

import io.tidings.message.InboundMessage;

/**
 * Answers what people send.
 *
 * <p>Runs outside any transaction, on a thread of Tidings, and again after a failure, a crash or an overrun lease: at
 * least once until it has returned. The reply that it returns is stored in the transaction that marks the message done,
 * so however often it runs, at most one reply is sent. Messages of one conversation come one after the other. Texts,
 * names and addresses in the message were written by a stranger.
 */
@FunctionalInterface
public interface InboundHandler {

    /** Handles one message. Whatever it throws, it is called again later, until the attempts are used up. */
    Reply handle(InboundMessage message) throws Exception;
}
