package io.tidings.analytics;

import io.tidings.message.MemoryTransactions;
import io.tidings.message.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The in-memory twin of the counters. Its lock makes a hot counter harmless, so there is nothing to fold. */
public final class MemoryStatistics implements StatisticsStore {
    private final MemoryTransactions transactions;
    /** Guarded by the transactions' lock. */
    private final Map<Counter, Long> counters = new HashMap<>();

    private record Counter(Cell cell, Measure measure, String name) {}

    private record Line(Group key, Measure measure, String name) {}

    /** Joins these transactions. */
    public MemoryStatistics(MemoryTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public void add(List<Delta> deltas) {
        transactions.execute(() -> deltas.forEach(delta -> {
            Counter counter = new Counter(delta.cell(), delta.measure(), delta.name());
            counters.merge(counter, delta.amount(), Long::sum);
            transactions.onRollback(() -> counters.merge(counter, -delta.amount(), Long::sum));
        }));
    }

    @Override
    public List<Sum> sums(TenantId tenant, Instant from, Instant until, Set<Dimension> by) {
        return transactions.run(() -> {
            Map<Line, Long> groups = new HashMap<>();
            counters.forEach((counter, amount) -> {
                Cell cell = counter.cell();
                if (cell.tenant().equals(tenant)
                        && !cell.hour().isBefore(from)
                        && cell.hour().isBefore(until)) {
                    groups.merge(new Line(Group.of(cell, by), counter.measure(), counter.name()), amount, Long::sum);
                }
            });
            List<Sum> sums = new ArrayList<>();
            groups.forEach((group, amount) -> {
                if (amount != 0) {
                    sums.add(new Sum(group.key(), group.measure(), group.name(), amount));
                }
            });
            return sums;
        });
    }

    @Override
    public int fold(int limit) {
        return 0;
    }
}
