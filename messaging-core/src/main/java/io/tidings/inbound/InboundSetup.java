package io.tidings.inbound;

import io.tidings.consent.Consent;
import io.tidings.message.AccountId;
import io.tidings.message.InboundMessage;
import io.tidings.message.MessageIds;
import io.tidings.message.Received;
import io.tidings.message.Sender;
import io.tidings.message.TenantId;
import io.tidings.message.TimeSource;
import io.tidings.outbox.Intake;
import io.tidings.outbox.Stores;
import io.tidings.provider.Accounts;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * What two-way messaging works with.
 *
 * @param stores the stores
 * @param intake takes replies in
 * @param ids ids for inbound messages
 * @param tenants who owns a number of ours that was written to through an account
 * @param consent hears STOP, START and HELP before any handler
 * @param watcher told of every message once it was heard, before its handler
 * @param routes who handles what
 * @param settings how it works
 * @param gaps how missed messages are fetched
 * @param time both clocks
 */
public record InboundSetup(
        Stores stores,
        Intake intake,
        MessageIds ids,
        BiFunction<AccountId, Sender, TenantId> tenants,
        Consent consent,
        Consumer<InboundMessage> watcher,
        Routes routes,
        InboundSettings settings,
        GapSettings gaps,
        TimeSource time) {

    /** The same where what comes in through a tenant's own account is that tenant's, whoever is said to own the number. */
    public InboundSetup with(Accounts accounts) {
        return new InboundSetup(
                stores,
                intake,
                ids,
                (account, sender) -> accounts.tenant(account, tenants.apply(account, sender)),
                consent,
                watcher,
                routes,
                settings,
                gaps,
                time);
    }

    InboundMessage takenIn(AccountId account, Received received) {
        return new InboundMessage(ids.next(), tenants.apply(account, received.to()), account, received);
    }
}
