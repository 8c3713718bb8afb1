package io.tidings.consent;

import io.tidings.message.MemoryTransactions;
import io.tidings.message.Person;
import io.tidings.message.PersonHash;
import io.tidings.message.TenantId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The in-memory twin of the consent ledger. */
public final class MemoryConsent implements ConsentStore {
    private final MemoryTransactions transactions;
    /** Guarded by the transactions' lock, as all below: by a number or a hash, entries by their place in the ledger. */
    private final Map<Key, TreeMap<Long, ConsentEntry>> ledger = new HashMap<>();

    private final Set<Event> events = new HashSet<>();
    private long next;

    /** Who, by {@code PhoneNumber} or {@code PersonHash}. */
    private record Key(TenantId tenant, Object who) {}

    private record Event(TenantId tenant, String reference) {}

    /** Joins these transactions. */
    public MemoryConsent(MemoryTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public boolean append(ConsentEntry entry) {
        Key key = new Key(
                entry.scope().tenant(),
                Objects.requireNonNull(entry.number(), "an entry is appended with the number it is about"));
        String reference = entry.evidence().reference();
        return transactions.run(() -> {
            if (reference != null && !claim(new Event(key.tenant, reference))) {
                return false;
            }
            put(key, next++, entry);
            return true;
        });
    }

    private boolean claim(Event event) {
        boolean isNew = events.add(event);
        if (isNew) {
            transactions.onRollback(() -> events.remove(event));
        }
        return isNew;
    }

    private void put(Key key, long place, ConsentEntry entry) {
        ledger.computeIfAbsent(key, absent -> new TreeMap<>()).put(place, entry);
        transactions.onRollback(() -> drop(key, place));
    }

    private void drop(Key key, long place) {
        ledger.computeIfPresent(key, (same, entries) -> {
            entries.remove(place);
            return entries.isEmpty() ? null : entries;
        });
    }

    @Override
    public List<ConsentEntry> entries(TenantId tenant, Person person) {
        return transactions.run(() -> {
            Map<Long, ConsentEntry> own = ledger.get(new Key(tenant, person.number()));
            List<Map<Long, ConsentEntry>> erased = new ArrayList<>(0);
            for (PersonHash hash : person.hashes()) {
                Map<Long, ConsentEntry> entries = ledger.get(new Key(tenant, hash));
                if (entries != null) {
                    erased.add(entries);
                }
            }
            if (erased.isEmpty()) {
                return own == null ? List.of() : List.copyOf(own.values());
            }
            return Stream.concat(Stream.ofNullable(own), erased.stream())
                    .flatMap(entries -> entries.entrySet().stream())
                    .sorted(Comparator.comparing(Map.Entry<Long, ConsentEntry>::getKey))
                    .map(Map.Entry::getValue)
                    .toList();
        });
    }

    @Override
    public int forget(TenantId tenant, Person person) {
        if (person.hashes().isEmpty()) {
            throw new IllegalArgumentException(
                    "a person without a hash would be forgotten altogether, opt-out and all");
        }
        Key kept = new Key(tenant, person.hashes().get(0));
        return transactions.run(() -> {
            person.hashes().stream().skip(1).forEach(hash -> move(new Key(tenant, hash), kept));
            return move(new Key(tenant, person.number()), kept);
        });
    }

    private int move(Key from, Key to) {
        Map<Long, ConsentEntry> moved = Map.copyOf(ledger.getOrDefault(from, new TreeMap<>()));
        moved.forEach((place, entry) -> {
            drop(from, place);
            transactions.onRollback(() ->
                    ledger.computeIfAbsent(from, absent -> new TreeMap<>()).put(place, entry));
            put(to, place, entry.withoutPerson());
        });
        return moved.size();
    }

    @Override
    public Set<String> keyIds() {
        return transactions.run(() -> ledger.keySet().stream()
                .map(Key::who)
                .filter(PersonHash.class::isInstance)
                .map(who -> ((PersonHash) who).keyId())
                .collect(Collectors.toUnmodifiableSet()));
    }
}
