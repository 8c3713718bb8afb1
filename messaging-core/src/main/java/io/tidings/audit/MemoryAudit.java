package io.tidings.audit;

import io.tidings.message.MemoryTransactions;
import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The in-memory twin of the audit trail, for both of its sides. */
public final class MemoryAudit implements AuditStore, AuditChain {
    private static final Comparator<AuditEntry> NEWEST_FIRST = Comparator.comparing(AuditEntry::at)
            .thenComparing(entry -> entry.id().toString())
            .reversed();

    private final MemoryTransactions transactions;
    /** Guarded by the transactions' lock, as all below. */
    private final Map<UUID, AuditEntry> entries = new LinkedHashMap<>();

    private final Map<Person, Set<UUID>> persons = new HashMap<>();
    private final Set<UUID> unsealed = new LinkedHashSet<>();
    private final Map<String, Head> heads = new HashMap<>();
    private final Map<String, NavigableMap<Long, Link>> chains = new HashMap<>();

    private record Person(TenantId tenant, PhoneNumber number) {}

    /** Joins these transactions. */
    public MemoryAudit(MemoryTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public void append(List<AuditEntry> added) {
        transactions.execute(() -> added.forEach(entry -> {
            entries.put(entry.id(), entry);
            unsealed.add(entry.id());
            index(entry);
            transactions.onRollback(() -> {
                entries.remove(entry.id());
                unsealed.remove(entry.id());
                forget(entry);
            });
        }));
    }

    private void index(AuditEntry entry) {
        Person person = person(entry);
        if (person != null) {
            persons.computeIfAbsent(person, key -> new LinkedHashSet<>()).add(entry.id());
        }
    }

    private void forget(AuditEntry entry) {
        Person person = person(entry);
        if (person != null) {
            Set<UUID> known = persons.getOrDefault(person, new HashSet<>());
            known.remove(entry.id());
            if (known.isEmpty()) {
                persons.remove(person);
            }
        }
    }

    private static @Nullable Person person(AuditEntry entry) {
        AuditData data = entry.data();
        return data == null || data.person() == null || entry.tenant() == null
                ? null
                : new Person(entry.tenant(), data.person());
    }

    @Override
    public List<AuditEntry> search(AuditQuery query) {
        return transactions.run(() -> entries.values().stream()
                .filter(fits(query))
                .sorted(NEWEST_FIRST)
                .limit(query.limit())
                .toList());
    }

    private static Predicate<AuditEntry> fits(AuditQuery query) {
        AuditQuery.Cursor after = query.after();
        return entry -> (query.tenant() == null || query.tenant().equals(entry.tenant()))
                && (query.actor() == null || query.actor().equals(entry.actor()))
                && (query.action() == null || query.action().equals(entry.action()))
                && (query.message() == null || query.message().equals(entry.message()))
                && query.span().holds(entry.at())
                && (after == null || isBehind(entry, after));
    }

    private static boolean isBehind(AuditEntry entry, AuditQuery.Cursor cursor) {
        int order = entry.at().compareTo(cursor.at());
        return order < 0
                || (order == 0 && entry.id().toString().compareTo(cursor.id().toString()) < 0);
    }

    @Override
    public List<Count> counts(Instant from, Instant until) {
        AuditQuery.Span span = new AuditQuery.Span(from, until);
        return transactions.run(() -> entries.values().stream()
                .filter(entry -> span.holds(entry.at()))
                .collect(Collectors.groupingBy(
                        entry -> new Count(
                                entry.at().atZone(ZoneOffset.UTC).toLocalDate(), entry.action(), entry.actor(), 0),
                        LinkedHashMap::new,
                        Collectors.counting()))
                .entrySet()
                .stream()
                .map(each -> new Count(
                        each.getKey().day(),
                        each.getKey().action(),
                        each.getKey().actor(),
                        each.getValue()))
                .sorted(Comparator.comparing(Count::day)
                        .thenComparing(count -> count.action().name())
                        .thenComparing(count -> count.actor().toString()))
                .toList());
    }

    @Override
    public List<UUID> erase(TenantId tenant, PhoneNumber number, int limit) {
        return transactions.run(() -> {
            List<UUID> found = persons.getOrDefault(new Person(tenant, number), Set.of()).stream()
                    .limit(limit)
                    .toList();
            found.forEach(this::eraseOne);
            return found;
        });
    }

    private void eraseOne(UUID id) {
        AuditEntry before = java.util.Objects.requireNonNull(entries.get(id));
        entries.put(id, before.erased());
        forget(before);
        transactions.onRollback(() -> {
            entries.put(id, before);
            index(before);
        });
    }

    @Override
    public List<AuditEntry> unsealed(int limit) {
        return transactions.run(
                () -> unsealed.stream().limit(limit).map(entries::get).toList());
    }

    @Override
    public Head head(String chain) {
        return transactions.run(() -> heads.getOrDefault(chain, Head.start(chain)));
    }

    @Override
    public boolean seal(Head expected, Head next, List<Link> links) {
        return transactions.run(() -> {
            if (!head(expected.chain()).equals(expected)) {
                return false;
            }
            putHead(next);
            NavigableMap<Long, Link> chain = chain(expected.chain());
            for (Link link : links) {
                chain.put(link.sequence(), withoutData(link));
                transactions.onRollback(() -> chain.remove(link.sequence()));
                if (link.entry() != null) {
                    markSealed(link.entry().id());
                }
            }
            return true;
        });
    }

    /** Data live in one place, so that erasing finds all of them. */
    private static Link withoutData(Link link) {
        AuditEntry entry = link.entry();
        return entry == null ? link : with(link, entry.erased());
    }

    private static Link with(Link link, AuditEntry entry) {
        return new Link(link.sequence(), link.segment(), link.key(), link.hash(), link.at(), entry, link.closed());
    }

    private void markSealed(UUID id) {
        unsealed.remove(id);
        transactions.onRollback(() -> unsealed.add(id));
    }

    private void putHead(Head head) {
        Head before = heads.put(head.chain(), head);
        transactions.onRollback(() -> {
            if (before == null) {
                heads.remove(head.chain());
            } else {
                heads.put(head.chain(), before);
            }
        });
    }

    private NavigableMap<Long, Link> chain(String chain) {
        return chains.computeIfAbsent(chain, key -> new TreeMap<>());
    }

    @Override
    public List<Link> after(String chain, long sequence, int limit) {
        return transactions.run(() -> chain(chain).tailMap(sequence, false).values().stream()
                .limit(limit)
                .map(this::withData)
                .toList());
    }

    private Link withData(Link link) {
        AuditEntry entry = link.entry();
        return entry == null ? link : with(link, entries.getOrDefault(entry.id(), entry));
    }

    @Override
    public void archive(String chain, Link last) {
        transactions.execute(() -> {
            List<Link> gone =
                    List.copyOf(chain(chain).headMap(last.sequence(), true).values());
            gone.forEach(link -> remove(chain, link));
            putHead(head(chain).archived(last));
        });
    }

    private void remove(String chain, Link link) {
        chain(chain).remove(link.sequence());
        transactions.onRollback(() -> chain(chain).put(link.sequence(), link));
        if (link.entry() != null) {
            UUID id = link.entry().id();
            AuditEntry entry = java.util.Objects.requireNonNull(entries.remove(id));
            forget(entry);
            transactions.onRollback(() -> {
                entries.put(id, entry);
                index(entry);
            });
        }
    }
}
