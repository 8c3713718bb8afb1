package io.tidings.spring.rest;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Keys from properties. When they were last used is known since the start of this process. */
final class ConfiguredKeys implements ApiKeys {
    private final Map<String, ApiKey> keys = new LinkedHashMap<>();
    private final Map<String, Instant> used = new ConcurrentHashMap<>();

    ConfiguredKeys(List<ApiKey> all) {
        for (ApiKey key : all) {
            if (keys.put(key.id(), key) != null) {
                throw new IllegalArgumentException("two keys have the id " + key.id() + "; give each its own");
            }
        }
    }

    @Override
    public Optional<ApiKey> find(String id) {
        return Optional.ofNullable(keys.get(id));
    }

    @Override
    public void used(ApiKey key, Instant at) {
        used.put(key.id(), at);
    }

    @Override
    public Optional<Instant> lastUsed(String id) {
        return Optional.ofNullable(used.get(id));
    }

    @Override
    public Collection<ApiKey> all() {
        return keys.values();
    }
}
