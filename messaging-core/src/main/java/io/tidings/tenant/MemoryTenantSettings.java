package io.tidings.tenant;

import io.tidings.message.MemoryTransactions;
import io.tidings.message.TenantId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The in-memory twin of tenants' settings. */
public final class MemoryTenantSettings implements TenantSettingsStore {
    private final MemoryTransactions transactions;
    /** Guarded by the transactions' lock. */
    private final Map<TenantId, TenantSettings> settings = new HashMap<>();

    /** Joins these transactions. */
    public MemoryTenantSettings(MemoryTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Optional<TenantSettings> find(TenantId tenant) {
        return transactions.run(() -> Optional.ofNullable(settings.get(tenant)));
    }

    @Override
    public Optional<TenantSettings> put(TenantId tenant, TenantSettings changed) {
        return transactions.run(() -> {
            TenantSettings before = set(tenant, changed);
            transactions.onRollback(() -> set(tenant, before));
            return Optional.ofNullable(before);
        });
    }

    private @Nullable TenantSettings set(TenantId tenant, @Nullable TenantSettings changed) {
        return changed == null ? settings.remove(tenant) : settings.put(tenant, changed);
    }

    @Override
    public List<TenantId> tenants() {
        return transactions.run(() -> settings.keySet().stream()
                .sorted(Comparator.comparing(TenantId::value))
                .toList());
    }
}
