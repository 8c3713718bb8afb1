package io.tidings.provider;

import io.tidings.message.Money;
import java.util.List;
import java.util.Optional;

/**
 * Who carries messages: Twilio, the sandbox, or a fake in tests.
 *
 * <p>Every call blocks for at most the provider's own deadline, issues exactly one request and never throws for what the
 * network or the provider does: that is part of the answer. Implementations are safe for use by many threads.
 */
public interface Provider extends AutoCloseable {

    /**
     * Hands over one message with one request. Only an outcome that is provably unprocessed is reported as
     * {@link Outcome.Unsent} or {@link Outcome.Throttled}; whatever else lacks a clear answer is
     * {@link Outcome.Uncertain}.
     */
    Outcome send(Submission submission);

    /** Reads what the provider knows of one message. */
    Answer<ProviderMessage> fetch(String sid);

    /** Lists messages to one recipient, newest first, at most {@code limit}. Presence proves, absence does not. */
    Answer<List<ProviderMessage>> list(ListQuery query);

    /** Cancels a message that the provider holds for later. */
    Answer<ProviderMessage> cancel(String sid);

    /** Asks whether the account and its credentials work, within five seconds. */
    AccountCheck check();

    /** Reads how much money the account has left, within five seconds; missing if the provider keeps no balance. */
    Answer<Money> balance();

    /** Whether messages reach real people and cost money. A sandbox and test credentials aside, this is the real thing. */
    boolean isLive();

    /**
     * What this provider can do in addition: {@link InboundListing}, {@link SentListing} or {@link ProviderClock}. Empty if
     * it cannot. A provider that stands around another one answers with what that one can, if it hands it on.
     */
    default <T> Optional<T> can(Class<T> more) {
        return more.isInstance(this) ? Optional.of(more.cast(this)) : Optional.empty();
    }

    @Override
    void close();
}
