package io.tidings.tenant;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.tidings.audit.Action;
import io.tidings.audit.AuditLog;
import io.tidings.budget.Allowance;
import io.tidings.budget.BudgetLimit;
import io.tidings.gate.Gate;
import io.tidings.gate.SendingHours;
import io.tidings.message.Category;
import io.tidings.message.TenantId;
import io.tidings.message.TimeSource;
import io.tidings.throttle.Limit;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * What each tenant has set for itself, as gates, throttle and retries ask for it. A change holds at once on the node that
 * made it, and on the others within five seconds. Safe for use by many threads.
 */
public final class Tenants {
    private static final Duration FRESH = Duration.ofSeconds(5);
    private static final int MOST = 10_000;

    private final TenantSettingsStore store;
    private final AuditLog acts;
    private final LoadingCache<TenantId, TenantSettings> known;

    /** Over this store; changes are recorded in this log. */
    public Tenants(TenantSettingsStore store, AuditLog acts, TimeSource time) {
        this.store = store;
        this.acts = acts;
        this.known = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(FRESH)
                .ticker(time::nanos)
                .executor(Runnable::run)
                .build(tenant -> store.find(tenant).orElse(TenantSettings.NONE));
    }

    /** What is set for a tenant, at most five seconds old. */
    public TenantSettings settings(TenantId tenant) {
        return known.get(tenant);
    }

    /** Tenants that have or had settings, by name. */
    public List<TenantId> tenants() {
        return store.tenants();
    }

    /**
     * Makes a tenant known, with these settings. Sending does not need it: a tenant is there once somebody names it.
     *
     * @throws IllegalStateException if it is known already and was not deleted
     */
    public void create(TenantId tenant, TenantSettings settings, String reason) {
        put(tenant, Action.TENANT_CREATED, reason, before -> {
            if (store.tenants().contains(tenant) && !isDeleted(before)) {
                throw new IllegalStateException(
                        "there is a tenant " + tenant + " already; change its settings instead");
            }
            return settings.withSuspension(null);
        });
    }

    /**
     * Puts settings in the place of the tenant's earlier ones. Joins the current transaction; the audit trail has who did
     * it, why, and each value that is another one, old and new. Returns the earlier settings. A suspension stays as it is.
     */
    public TenantSettings change(TenantId tenant, TenantSettings settings, String reason) {
        return put(tenant, Action.TENANT_CHANGED, reason, before -> settings.withSuspension(before.suspension()));
    }

    /**
     * Lets nothing of a tenant leave until {@link #resume}: what it sends is refused with the reason, what waits is held.
     * Joins the current transaction; audited. Other nodes know it within five seconds. A deleted tenant stays deleted.
     */
    public void suspend(TenantId tenant, String reason) {
        put(tenant, Action.TENANT_SUSPENDED, reason, before -> {
            Suspension known = before.suspension();
            return known != null && known.forGood() ? before : before.withSuspension(new Suspension(reason, false));
        });
    }

    /** Ends {@link #suspend}, and brings a deleted tenant back, without its settings. Joins the current transaction; audited. */
    public void resume(TenantId tenant, String reason) {
        put(tenant, Action.TENANT_RESUMED, reason, before -> before.withSuspension(null));
    }

    /**
     * Ends a tenant: its settings are gone, whatever it sends or still has waiting is refused. Its history stays as long
     * as {@link io.tidings.retention.RetentionPolicy} says, and so does the fact that it was deleted. Joins the current
     * transaction; audited.
     */
    public void delete(TenantId tenant, String reason) {
        put(
                tenant,
                Action.TENANT_DELETED,
                reason,
                before -> TenantSettings.NONE.withSuspension(new Suspension(reason, true)));
    }

    private static boolean isDeleted(TenantSettings settings) {
        Suspension suspension = settings.suspension();
        return suspension != null && suspension.forGood();
    }

    private TenantSettings put(TenantId tenant, Action action, String reason, UnaryOperator<TenantSettings> change) {
        return acts.transactions().run(() -> {
            TenantSettings seen = store.find(tenant).orElse(TenantSettings.NONE);
            TenantSettings fresh = change.apply(seen);
            TenantSettings before = store.put(tenant, fresh).orElse(TenantSettings.NONE);
            // The write locks the row and tells what it replaced: another change may have come between.
            if (!before.equals(seen)) {
                fresh = change.apply(before);
                store.put(tenant, fresh);
            }
            AuditLog.Draft act = acts.act(action).tenant(tenant).reason(reason);
            describe(act, before.values(), fresh.values());
            act.record();
            acts.transactions().afterCommit(() -> known.invalidate(tenant));
            return before;
        });
    }

    /** The gate that keeps suspensions. */
    public Gate gate() {
        return new SuspensionGate(this);
    }

    private static void describe(AuditLog.Draft act, Map<String, String> before, Map<String, String> after) {
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        for (String name : names) {
            String old = before.getOrDefault(name, "not set");
            String fresh = after.getOrDefault(name, "not set");
            if (!old.equals(fresh)) {
                act.detail(name, old + " -> " + fresh);
            }
        }
    }

    /** For the throttle: the tenant's own rate. */
    public Optional<Limit> rate(TenantId tenant) {
        return Optional.ofNullable(settings(tenant).rate()).map(Limit::of);
    }

    /** For retries: how many attempts a message gets. */
    public Optional<Integer> attempts(TenantId tenant) {
        return Optional.ofNullable(settings(tenant).attempts());
    }

    /** For quiet hours: the tenant's own hours for a category. */
    public Optional<SendingHours> hours(TenantId tenant, Category category) {
        return Optional.ofNullable(settings(tenant).hours().get(category));
    }

    /** For budgets: the tenant's own cap for a day. */
    public List<BudgetLimit> caps(TenantId tenant) {
        Long most = settings(tenant).dailyMessages();
        return most == null
                ? List.of()
                : List.of(BudgetLimit.tenant(tenant, BudgetLimit.Period.DAY, Allowance.messages(most)));
    }
}
