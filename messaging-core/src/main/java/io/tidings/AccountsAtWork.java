package io.tidings;

import io.tidings.audit.Action;
import io.tidings.audit.AuditLog;
import io.tidings.dispatch.Worker;
import io.tidings.inbound.AccountInbox;
import io.tidings.inbound.InboundWorker;
import io.tidings.message.AccountId;
import io.tidings.message.NotConfiguredException;
import io.tidings.message.TenantId;
import io.tidings.provider.Account;
import io.tidings.provider.Accounts;
import io.tidings.provider.Provider;
import io.tidings.provider.ProviderHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The accounts beside the house's in a running system: each is sent through, listened to and looked after. */
final class AccountsAtWork implements Accounts.Listener {
    private final TidingsBuilder set;
    private final Worker worker;
    private final InboundWorker inbound;
    private final HealthChecks health;
    private final AuditLog acts;

    AccountsAtWork(TidingsBuilder set, AuditLog acts, Worker worker, InboundWorker inbound, HealthChecks health) {
        this.set = set;
        this.acts = acts;
        this.worker = worker;
        this.inbound = inbound;
        this.health = health;
    }

    /** Half of the accounts on a sandbox would be half of the messages lost, so that is refused. */
    @Override
    public void added(Account account) {
        Provider provider = account.provider();
        if (provider.isLive() != set.provider.isLive()) {
            throw new NotConfiguredException("account " + account.masked()
                    + (provider.isLive()
                            ? " reaches real people and the house's does not"
                            : " is on a sandbox and the house's is not")
                    + "; in one system all accounts are alike");
        }
        AccountInbox inbox = Assembly.isListening(set)
                ? AccountInbox.of(account.id(), provider, account.mailboxes(), account.from())
                : AccountInbox.unlisted(account.id());
        worker.carry(
                account.id(), set.environment.guard(provider), set.twoWay.gaps().patience());
        if (!inbound.open(inbox)) {
            worker.release(account.id());
        }
        ProviderHealth its = new ProviderHealth(provider, set.time);
        its.onCheck(check -> worker.found(account.id(), check));
        health.add(account.id(), its);
    }

    @Override
    public void changed(TenantId tenant, @Nullable Account account) {
        acts.act(Action.ACCOUNT_ASSIGNED)
                .tenant(tenant)
                .detail("account", account == null ? AccountId.DEFAULT.value() : account.masked())
                .record();
    }

    /** The house's first. */
    List<AccountView> views() {
        List<AccountView> views = new ArrayList<>();
        views.add(view(AccountId.DEFAULT, AccountId.DEFAULT.value(), Set.of()));
        Accounts accounts = set.accounts;
        accounts.all().forEach(one -> views.add(view(one.id(), one.masked(), accounts.tenants(one.id()))));
        return views;
    }

    private AccountView view(AccountId id, String masked, Set<TenantId> tenants) {
        ProviderHealth.@Nullable Reading reading =
                health.health(id).flatMap(ProviderHealth::latest).orElse(null);
        return new AccountView(id, masked, tenants, reading, worker.stopReason(id));
    }

    void close() {
        set.accounts.ignore(this);
        set.accounts.all().forEach(account -> account.provider().close());
    }
}
