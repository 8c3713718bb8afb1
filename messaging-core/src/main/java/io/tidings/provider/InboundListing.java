package io.tidings.provider;

import io.tidings.message.Mailbox;
import io.tidings.message.Received;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Provider} can do in addition: tell which messages people sent, so that those are found whose webhook
 * nobody answered. Blocks for at most the provider's deadline, issues exactly one request and never throws for what the
 * network or the provider does. Safe for use by many threads.
 */
@FunctionalInterface
public interface InboundListing {

    /** One page of received messages, newest first as a rule. */
    Answer<Page> received(Query query);

    /**
     * Which messages to list.
     *
     * @param mailbox where they came to, or {@code null} for anywhere in the account: then the provider also tells
     *     everything that was sent, which takes many pages
     * @param from leave out messages that the provider took in before
     * @param page the {@link Page#next} of the page before, or {@code null} for the first
     */
    record Query(
            @Nullable Mailbox mailbox,
            Instant from,
            @Nullable String page) {}

    /**
     * A page of messages.
     *
     * @param messages may be empty although there is a next page
     * @param next names the next page to the provider, or {@code null} if this is the last that matters
     */
    record Page(List<Received> messages, @Nullable String next) {
        /** Copies the messages. */
        public Page {
            messages = List.copyOf(messages);
        }
    }
}
