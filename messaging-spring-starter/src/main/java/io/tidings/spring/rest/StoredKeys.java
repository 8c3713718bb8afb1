package io.tidings.spring.rest;

import io.tidings.access.AccessKey;
import io.tidings.access.AccessKeys;
import io.tidings.message.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys of the configuration, and those that were made over the API, which lie in the store. All of the store's are read
 * together and are at most five seconds old, so a guessed id asks it nothing; a revoked key opens no longer on other nodes
 * after that time.
 */
final class StoredKeys implements ApiKeys {
    private static final Logger log = LoggerFactory.getLogger(StoredKeys.class);
    private static final long FRESH = Duration.ofSeconds(5).toNanos();
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final ConfiguredKeys configured;
    private final Supplier<AccessKeys> store;
    private final TimeSource time;
    private final Map<String, Long> written = new ConcurrentHashMap<>();
    private volatile @Nullable Read last;

    private record Read(long nanos, Map<String, AccessKey> rows, Map<String, ApiKey> open) {}

    StoredKeys(ConfiguredKeys configured, Supplier<AccessKeys> store, TimeSource time) {
        this.configured = configured;
        this.store = store;
        this.time = time;
    }

    @Override
    public Optional<ApiKey> find(String id) {
        return configured.find(id).or(() -> Optional.ofNullable(fresh().open.get(id)));
    }

    @Override
    public void used(ApiKey key, Instant at) {
        if (isConfigured(key.id())) {
            configured.used(key, at);
            return;
        }
        long now = time.nanos();
        Long before = written.get(key.id());
        if (before == null || now - before >= MINUTE) {
            written.put(key.id(), now);
            write(key.id());
        }
    }

    /** A request is not refused because this cannot be written. */
    private void write(String id) {
        try {
            store.get().used(id);
        } catch (RuntimeException e) {
            log.warn(
                    "the use of key {} could not be written: {}",
                    id,
                    e.getClass().getName());
        }
    }

    @Override
    public Optional<Instant> lastUsed(String id) {
        return isConfigured(id)
                ? configured.lastUsed(id)
                : Optional.ofNullable(fresh().rows.get(id))
                        .map(row -> row.life().lastUsed());
    }

    /** Those of the configuration, and those of the store that are not revoked. */
    @Override
    public Collection<ApiKey> all() {
        List<ApiKey> all = new ArrayList<>(configured.all());
        all.addAll(fresh().open.values());
        return all;
    }

    boolean isConfigured(String id) {
        return configured.find(id).isPresent();
    }

    /** What this node did holds on it at once. */
    void forget() {
        last = null;
    }

    private Read fresh() {
        Read read = last;
        if (read == null || time.nanos() - read.nanos >= FRESH) {
            read = read();
            last = read;
        }
        return read;
    }

    private Read read() {
        long now = time.nanos();
        Map<String, AccessKey> rows = new LinkedHashMap<>();
        Map<String, ApiKey> open = new LinkedHashMap<>();
        for (AccessKey row : store.get().all()) {
            rows.put(row.id(), row);
            if (row.life().revokedAt() == null) {
                known(row).ifPresent(key -> open.put(key.id(), key));
            }
        }
        return new Read(now, rows, open);
    }

    private static Optional<ApiKey> known(AccessKey row) {
        Optional<ApiKey> key = Grants.known(row);
        if (key.isEmpty()) {
            log.warn("the key {} grants something that this version does not know, and opens nothing", row.id());
        }
        return key;
    }
}
