package io.tidings.inbound;

import io.tidings.consent.Consent;
import io.tidings.message.AccountId;
import io.tidings.message.InboundMessage;
import io.tidings.message.Mailbox;
import io.tidings.message.MessageIds;
import io.tidings.message.Received;
import io.tidings.message.Sender;
import io.tidings.message.TenantId;
import io.tidings.message.TimeSource;
import io.tidings.outbox.Intake;
import io.tidings.outbox.Stores;
import io.tidings.provider.InboundListing;
import io.tidings.provider.Provider;
import java.util.List;
import java.util.Objects;
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
 * @param consent hears STOP, START and HELP before any handler
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
        Consent consent,
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

    /**
     * The same with this provider's lists, if it has any.
     *
     * @param provider who may be able to list, or {@code null} for nobody
     * @param usual where people write to if no mailbox is named, or {@code null}
     */
    public InboundSetup withListing(@Nullable Provider provider, @Nullable Sender usual) {
        InboundListing lists =
                provider == null ? null : provider.can(InboundListing.class).orElse(null);
        boolean named = !mailboxes.isEmpty();
        boolean canBeWrittenTo = usual instanceof Sender.Number || usual instanceof Sender.ShortCode;
        List<Mailbox> where =
                named || !canBeWrittenTo ? mailboxes : List.of(Mailbox.texts(Objects.requireNonNull(usual)));
        return new InboundSetup(
                stores, intake, ids, account, tenants, consent, watcher, routes, settings, gaps, lists, where, time);
    }

    InboundMessage takenIn(Received received) {
        return new InboundMessage(ids.next(), tenants.apply(received.to()), account, received);
    }
}
