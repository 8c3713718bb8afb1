package io.tidings.spring.rest;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/**
 * The keys that there are. A bean of this type replaces those of the properties and of the store, for example to ask a
 * system that the host has for it; then none are made over the API. Safe for use by many threads.
 */
public interface ApiKeys {

    /** The key of this id, expired or not. Asked with each request, so it must be fast. */
    Optional<ApiKey> find(String id);

    /** A key has opened a request. */
    void used(ApiKey key, Instant at);

    /** When a key was last used, as far as is known. */
    Optional<Instant> lastUsed(String id);

    /** All keys. */
    Collection<ApiKey> all();
}
