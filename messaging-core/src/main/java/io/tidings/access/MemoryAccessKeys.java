package io.tidings.access;

import io.tidings.message.MemoryTransactions;
import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The in-memory twin of the keys. */
public final class MemoryAccessKeys implements AccessKeyStore {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final MemoryTransactions transactions;
    private final InstantSource time;
    /** Guarded by the transactions' lock. */
    private final Map<String, AccessKey> keys = new TreeMap<>();

    /** Joins these transactions. */
    public MemoryAccessKeys(MemoryTransactions transactions, InstantSource time) {
        this.transactions = transactions;
        this.time = time;
    }

    @Override
    public boolean add(AccessKey.Draft draft, String createdBy) {
        return transactions.run(() -> {
            if (keys.containsKey(draft.id())) {
                return false;
            }
            AccessKey.Life life = new AccessKey.Life(now(), createdBy, draft.expires(), null, null);
            put(draft.id(), new AccessKey(draft.id(), draft.hash(), draft.tenant(), draft.grants(), life));
            return true;
        });
    }

    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private void put(String id, AccessKey key) {
        AccessKey before = set(id, key);
        transactions.onRollback(() -> set(id, before));
    }

    private @Nullable AccessKey set(String id, @Nullable AccessKey key) {
        return key == null ? keys.remove(id) : keys.put(id, key);
    }

    @Override
    public Optional<AccessKey> find(String id) {
        return transactions.run(() -> Optional.ofNullable(keys.get(id)));
    }

    @Override
    public List<AccessKey> all() {
        return transactions.run(() -> List.copyOf(keys.values()));
    }

    @Override
    public boolean revoke(String id) {
        return transactions.run(() -> {
            AccessKey key = keys.get(id);
            if (key == null || key.life().revokedAt() != null) {
                return false;
            }
            put(id, key.with(key.life().revoked(now())));
            return true;
        });
    }

    @Override
    public void used(String id) {
        transactions.execute(() -> {
            AccessKey key = keys.get(id);
            Instant now = now();
            Instant last = key == null ? null : key.life().lastUsed();
            if (key != null && (last == null || !now.isBefore(last.plus(MINUTE)))) {
                put(id, key.with(key.life().used(now)));
            }
        });
    }

    @Override
    public List<AccessKey> inviting(TenantId tenant, PhoneNumber guest) {
        return transactions.run(() -> keys.values().stream()
                .filter(key -> key.tenant() == null || key.tenant().equals(tenant))
                .filter(key -> key.hasGuest(guest))
                .toList());
    }

    @Override
    public int uninvite(TenantId tenant, PhoneNumber guest) {
        return transactions.run(() -> {
            List<AccessKey> inviting = inviting(tenant, guest);
            inviting.forEach(key -> put(key.id(), key.withoutGuest(guest)));
            return inviting.size();
        });
    }
}
