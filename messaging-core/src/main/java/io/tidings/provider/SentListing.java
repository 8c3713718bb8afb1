package io.tidings.provider;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Provider} can do in addition: tell what was sent lately, to whomever, so that a store restored from a
 * backup can learn what it has forgotten. Blocks for at most the provider's deadline, issues exactly one request and
 * never throws for what the network or the provider does. Safe for use by many threads.
 */
@FunctionalInterface
public interface SentListing {

    /**
     * One page of messages that were sent, newest first as a rule.
     *
     * @param from leave out what the provider took in before
     * @param page the {@link Page#next} of the page before, or {@code null} for the first
     */
    Answer<Page> sent(Instant from, @Nullable String page);

    /**
     * A page of messages.
     *
     * @param messages may be empty although there is a next page
     * @param next names the next page to the provider, or {@code null} if this is the last that matters
     */
    record Page(List<ProviderMessage> messages, @Nullable String next) {
        /** Copies the messages. */
        public Page {
            messages = List.copyOf(messages);
        }
    }
}
