package io.tidings.schedule;

import io.tidings.message.MemoryTransactions;
import io.tidings.message.TenantId;
import io.tidings.schedule.Recurring.State;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The in-memory twin of a {@link RecurringStore}. */
public final class MemoryRecurring implements RecurringStore {
    private final MemoryTransactions transactions;
    private final InstantSource time;
    /** Guarded by the transactions' lock. */
    private final Map<Key, Recurring> rows = new HashMap<>();

    private record Key(TenantId tenant, String name) {}

    /** Joins these transactions and goes by this date. */
    public MemoryRecurring(MemoryTransactions transactions, InstantSource time) {
        this.transactions = transactions;
        this.time = time;
    }

    @Override
    public boolean add(Recurring recurring) {
        return transactions.run(() -> {
            Recurring known = rows.get(key(recurring));
            boolean free = known == null || known.state() == State.CANCELLED;
            if (free) {
                put(recurring);
            }
            return free;
        });
    }

    @Override
    public boolean replace(Recurring seen, Recurring next) {
        return transactions.run(() -> {
            Recurring known = rows.get(key(seen));
            boolean same = known != null
                    && known.state() == seen.state()
                    && known.next().equals(seen.next());
            if (same) {
                put(next);
            }
            return same;
        });
    }

    private void put(Recurring row) {
        Recurring before = rows.put(key(row), row);
        transactions.onRollback(() -> {
            if (before == null) {
                rows.remove(key(row));
            } else {
                rows.put(key(row), before);
            }
        });
    }

    private static Key key(Recurring row) {
        return new Key(row.tenant(), row.name());
    }

    @Override
    public Optional<Recurring> find(TenantId tenant, String name) {
        return transactions.run(() -> Optional.ofNullable(rows.get(new Key(tenant, name))));
    }

    @Override
    public List<Recurring> of(TenantId tenant) {
        return transactions.run(() -> rows.values().stream()
                .filter(row -> row.tenant().equals(tenant))
                .sorted(Comparator.comparing(Recurring::name))
                .toList());
    }

    private Stream<Recurring> active() {
        return rows.values().stream()
                .filter(row -> row.state() == State.ACTIVE)
                .sorted(Comparator.comparing(Recurring::next));
    }

    @Override
    public List<Recurring> due(int limit) {
        return transactions.run(() -> active().filter(row -> !row.next().isAfter(time.instant()))
                .limit(limit)
                .toList());
    }

    @Override
    public Optional<Duration> nextDue() {
        return transactions.run(() -> {
            Instant now = time.instant();
            return active().findFirst()
                    .map(row -> row.next().isAfter(now) ? Duration.between(now, row.next()) : Duration.ZERO);
        });
    }
}
