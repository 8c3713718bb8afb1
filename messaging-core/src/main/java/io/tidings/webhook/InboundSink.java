package io.tidings.webhook;

import io.tidings.message.AccountId;
import io.tidings.message.Received;

/**
 * Keeps what people sent. Called by many threads at once, while the provider waits for its answer.
 *
 * <p>The provider repeats webhooks, and anyone who recorded one can replay it: the same provider id must be harmless any
 * number of times.
 */
@FunctionalInterface
public interface InboundSink {

    /**
     * Stores a message and returns the TwiML to answer with, as a rule an empty response. Throws
     * {@link io.tidings.message.StoreUnavailableException} if nothing could be kept: the provider is then asked to come
     * again.
     *
     * @param account whose token signed it
     */
    String accept(AccountId account, Received received, RawCallback raw);
}
