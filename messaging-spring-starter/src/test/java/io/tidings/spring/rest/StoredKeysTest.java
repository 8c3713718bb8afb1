package io.tidings.spring.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.access.AccessKey;
import io.tidings.access.AccessKeys;
import io.tidings.test.SteppableTime;
import io.tidings.test.TestTidings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How often the store is asked. */
class StoredKeysTest {
    private static final Map<String, String> SEND = Map.of("scopes", "SEND", "kind", "LIVE");

    private final SteppableTime time = new SteppableTime();

    private static AccessKey.Draft draft(String id, Map<String, String> grants) {
        return new AccessKey.Draft(id, Door.hash("secret"), null, grants, null);
    }

    @Test
    void what_another_node_did_is_known_within_five_seconds_and_a_guess_asks_nothing() {
        try (TestTidings kit = TestTidings.overFake()) {
            AccessKeys store = kit.tidings().accessKeys();
            AtomicInteger asked = new AtomicInteger();
            StoredKeys keys = new StoredKeys(
                    new ConfiguredKeys(List.of()),
                    () -> {
                        asked.incrementAndGet();
                        return store;
                    },
                    time);

            assertThat(keys.find("crm")).isEmpty();
            store.create(draft("crm", SEND), "another node");
            for (int guess = 0; guess < 100; guess++) {
                assertThat(keys.find("guess-" + guess)).isEmpty();
            }
            assertThat(asked).hasValue(1);

            time.forward(Duration.ofSeconds(5));
            assertThat(keys.find("crm")).isPresent();
            store.revoke("crm", "another node");
            time.forward(Duration.ofSeconds(5));
            assertThat(keys.find("crm")).isEmpty();
        }
    }

    @Test
    void a_use_is_written_once_a_minute() {
        try (TestTidings kit = TestTidings.overFake()) {
            AccessKeys store = kit.tidings().accessKeys();
            store.create(draft("crm", SEND), "test");
            AtomicInteger asked = new AtomicInteger();
            StoredKeys keys = new StoredKeys(
                    new ConfiguredKeys(List.of()),
                    () -> {
                        asked.incrementAndGet();
                        return store;
                    },
                    time);
            ApiKey key = keys.find("crm").orElseThrow();
            asked.set(0);

            for (int use = 0; use < 10; use++) {
                keys.used(key, Instant.EPOCH);
            }
            assertThat(asked).hasValue(1);
            time.forward(Duration.ofMinutes(1));
            keys.used(key, Instant.EPOCH);
            assertThat(asked).hasValue(2);
            assertThat(store.all().get(0).life().lastUsed()).isNotNull();
        }
    }

    @Test
    void a_key_of_a_newer_version_opens_nothing() {
        try (TestTidings kit = TestTidings.overFake()) {
            AccessKeys store = kit.tidings().accessKeys();
            store.create(draft("newer", Map.of("scopes", "SEND,BILL", "kind", "LIVE")), "a newer node");

            assertThat(new StoredKeys(new ConfiguredKeys(List.of()), () -> store, time).find("newer"))
                    .isEmpty();
        }
    }
}
