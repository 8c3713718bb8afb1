package io.tidings.tenant;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.tidings.audit.Action;
import io.tidings.audit.AuditLog;
import io.tidings.budget.Allowance;
import io.tidings.budget.BudgetLimit;
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
     * Puts settings in the place of the tenant's earlier ones. Joins the current transaction; the audit trail has who did
     * it, why, and each value that is another one, old and new. Returns the earlier settings.
     */
    public TenantSettings change(TenantId tenant, TenantSettings settings, String reason) {
        return acts.transactions().run(() -> {
            TenantSettings before = store.put(tenant, settings).orElse(TenantSettings.NONE);
            AuditLog.Draft act = acts.act(Action.TENANT_CHANGED).tenant(tenant).reason(reason);
            describe(act, before.values(), settings.values());
            act.record();
            acts.transactions().afterCommit(() -> known.invalidate(tenant));
            return before;
        });
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
