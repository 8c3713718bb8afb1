package io.tidings.inbound;

import io.tidings.message.AccountId;
import io.tidings.message.InboundMessage;
import io.tidings.message.Mailbox;
import io.tidings.message.MessageIds;
import io.tidings.message.Sender;
import io.tidings.message.TenantId;
import io.tidings.message.TimeSource;
import io.tidings.outbox.Intake;
import io.tidings.outbox.Stores;
import io.tidings.provider.InboundListing;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What two-way messaging works with.
 *
 * @param stores the stores
 * @param intake takes replies in
 * @param ids ids for inbound messages
 * @param account the account that messages come through
 * @param tenants who owns a number of ours
 * @param ear hears consent
 * @param watcher told of every message once it was heard, before its handler
 * @param routes who handles what
 * @param settings how it works
 * @param gaps how missed messages are fetched
 * @param listing who lists them, or {@code null} if nobody can
 * @param mailboxes where people write to; empty for anywhere in the account
 * @param time both clocks
 */
public record InboundSetup(
        Stores stores,
        Intake intake,
        MessageIds ids,
        AccountId account,
        Function<Sender, TenantId> tenants,
        ConsentEar ear,
        Consumer<InboundMessage> watcher,
        Routes routes,
        InboundSettings settings,
        GapSettings gaps,
        @Nullable InboundListing listing,
        List<Mailbox> mailboxes,
        TimeSource time) {

    /** Copies the mailboxes. */
    public InboundSetup {
        mailboxes = List.copyOf(mailboxes);
    }

    InboundMessage takenIn(io.tidings.message.Received received) {
        return new InboundMessage(ids.next(), tenants.apply(received.to()), account, received);
    }
}
