package io.tidings.provider;

import io.tidings.message.AccountId;
import io.tidings.message.NotConfiguredException;
import io.tidings.message.TenantId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Which tenants have an account of their own at the provider, and which. May change while a system runs: a new tenant needs
 * no restart, but each node has to be told.
 *
 * <p>A message keeps the account that its tenant had when it was taken in. So an account that was given here once stays
 * known, and is asked about its messages, after its tenant has got another one. Safe for use by many threads; reading
 * never waits.
 */
public final class Accounts {
    private final boolean strict;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    /** Replaced as a whole, by whoever holds the lock of this. */
    private volatile Known known = new Known(Map.of(), Map.of(), Map.of());

    /**
     * What is known at one moment.
     *
     * @param byTenant through which a tenant's new messages leave
     * @param byId all, also those that nobody has any more
     * @param owners to whom each belongs or has belonged, the first of them first
     */
    private record Known(
            Map<TenantId, Account> byTenant, Map<AccountId, Account> byId, Map<AccountId, Set<TenantId>> owners) {}

    /** Is told of changes before they count; what it throws refuses them. */
    public interface Listener {
        /** There is an account that was not known before. */
        void added(Account account);

        /** New messages of a tenant are to leave through this account, or through none of its own if it is {@code null}. */
        void changed(TenantId tenant, @Nullable Account account);
    }

    private Accounts(boolean strict) {
        this.strict = strict;
    }

    /** Tenants without an account of their own send through the house's, the one that the system is built with. */
    public static Accounts orHouse() {
        return new Accounts(false);
    }

    /** Of tenants without an account of their own only {@link TenantId#DEFAULT}, the house itself, may send. */
    public static Accounts strict() {
        return new Accounts(true);
    }

    /**
     * Lets new messages of a tenant leave through this account. Several tenants may have the same one. Throws {@link
     * IllegalArgumentException} if another provider is known for it already: a rotated credential comes through its source.
     */
    public synchronized void assign(TenantId tenant, Account account) {
        Account before = known.byId.get(account.id());
        if (before != null && before.provider() != account.provider()) {
            throw new IllegalArgumentException("account " + account.masked()
                    + " has a provider already; use that one, and let its source of credentials give new ones");
        }
        if (before == null) {
            listeners.forEach(each -> each.added(account));
        }
        if (!account.equals(known.byTenant.get(tenant))) {
            listeners.forEach(each -> each.changed(tenant, account));
        }
        Map<TenantId, Account> byTenant = new LinkedHashMap<>(known.byTenant);
        byTenant.put(tenant, account);
        Map<AccountId, Account> byId = new LinkedHashMap<>(known.byId);
        byId.put(account.id(), account);
        Map<AccountId, Set<TenantId>> owners = new LinkedHashMap<>(known.owners);
        Set<TenantId> all = new LinkedHashSet<>(owners.getOrDefault(account.id(), Set.of()));
        all.add(tenant);
        owners.put(account.id(), all);
        known = new Known(byTenant, byId, owners);
    }

    /** The tenant has no account of its own any more. What was taken in before keeps the one it has. */
    public synchronized void unassign(TenantId tenant) {
        if (!known.byTenant.containsKey(tenant)) {
            return;
        }
        listeners.forEach(each -> each.changed(tenant, null));
        Map<TenantId, Account> byTenant = new LinkedHashMap<>(known.byTenant);
        byTenant.remove(tenant);
        known = new Known(byTenant, known.byId, known.owners);
    }

    /**
     * The tenant's own account, or {@code null} for the house's. Throws {@link NotConfiguredException} if this tenant may
     * send through none.
     */
    public @Nullable Account of(TenantId tenant) {
        Account own = known.byTenant.get(tenant);
        if (own == null && strict && !tenant.equals(TenantId.DEFAULT)) {
            throw new NotConfiguredException("tenant '" + tenant
                    + "' has no account of its own, and none sends through the house's; assign one to it");
        }
        return own;
    }

    /** An account by what the provider calls it; empty for the house's and for unknown ones. */
    public Optional<Account> find(AccountId id) {
        return Optional.ofNullable(known.byId.get(id));
    }

    /** All that were ever given here, in their order; the house's is not among them. */
    public List<Account> all() {
        return List.copyOf(known.byId.values());
    }

    /** To which tenants an account belongs or has belonged, the first of them first; none for the house's. */
    public Set<TenantId> tenants(AccountId id) {
        return known.owners.getOrDefault(id, Set.of());
    }

    /**
     * Whom something belongs to that came in through an account: who owns the number, unless the account is somebody
     * else's.
     *
     * @param owner who owns the number, as the host says
     */
    public TenantId tenant(AccountId id, TenantId owner) {
        Set<TenantId> tenants = tenants(id);
        return tenants.isEmpty() || tenants.contains(owner)
                ? owner
                : tenants.iterator().next();
    }

    /** Tells this one of all accounts that are known, and from then on of changes. */
    public synchronized void listen(Listener listener) {
        known.byId.values().forEach(listener::added);
        listeners.add(listener);
    }

    /** Tells this one nothing more. */
    public void ignore(Listener listener) {
        listeners.remove(listener);
    }
}
