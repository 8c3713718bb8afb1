package io.tidings.budget;

import io.tidings.message.AttemptId;
import io.tidings.message.MemoryTransactions;
import io.tidings.message.Money;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The in-memory twin of the budgets. */
public final class MemoryBudgets implements BudgetStore {
    private final MemoryTransactions transactions;
    /** Guarded by the transactions' lock, as the other map. */
    private final Map<String, BudgetUse> uses = new HashMap<>();

    private final Map<AttemptId, List<Part>> parts = new HashMap<>();

    /** What an attempt has of one line: reserved, or its price, or neither after a release. */
    private record Part(BudgetLine line, long reserved, long spent, boolean priced) {}

    /** Joins these transactions. */
    public MemoryBudgets(MemoryTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Map<AttemptId, BudgetLine> reserve(List<Reservation> reservations) {
        return transactions.run(() -> {
            Map<AttemptId, BudgetLine> without = new LinkedHashMap<>();
            for (Reservation wanted : reservations) {
                Optional<BudgetLine> full =
                        wanted.lines().stream().filter(line -> !hasRoom(line)).findFirst();
                if (full.isPresent()) {
                    without.put(wanted.attempt(), full.get());
                } else {
                    change(
                            wanted.attempt(),
                            wanted.lines().stream()
                                    .map(line -> new Part(line, line.amount(), 0, false))
                                    .toList());
                }
            }
            return without;
        });
    }

    private boolean hasRoom(BudgetLine line) {
        return uses.getOrDefault(line.name(), BudgetUse.NONE).used() + line.amount() <= line.limit();
    }

    @Override
    public void release(AttemptId attempt) {
        each(attempt, part -> part.priced() ? part : new Part(part.line(), 0, 0, false));
    }

    @Override
    public void settle(AttemptId attempt, Money price) {
        String currency = price.currency().getCurrencyCode();
        long quantity = Allowance.of(price).quantity();
        each(attempt, part -> part.line().unit().equals(currency) ? new Part(part.line(), 0, quantity, true) : part);
    }

    private void each(AttemptId attempt, UnaryOperator<Part> step) {
        transactions.execute(() -> {
            List<Part> before = parts.get(attempt);
            if (before != null) {
                change(attempt, before.stream().map(step).toList());
            }
        });
    }

    /** Replaces what an attempt has, and moves the budgets by the difference. */
    private void change(AttemptId attempt, List<Part> after) {
        List<Part> before = parts.put(attempt, after);
        transactions.onRollback(() -> put(parts, attempt, before));
        List<Part> gone = before == null ? List.of() : before;
        gone.forEach(part -> add(part, -1));
        after.forEach(part -> add(part, 1));
    }

    private void add(Part part, int sign) {
        BudgetUse use = uses.getOrDefault(part.line().name(), BudgetUse.NONE);
        set(
                part.line().name(),
                new BudgetUse(
                        use.spent() + sign * part.spent(), use.reserved() + sign * part.reserved(), use.alerted()));
    }

    private void set(String name, BudgetUse use) {
        BudgetUse before = uses.put(name, use);
        transactions.onRollback(() -> put(uses, name, before));
    }

    private static <K, V> void put(Map<K, V> map, K key, @Nullable V value) {
        if (value == null) {
            map.remove(key);
        } else {
            map.put(key, value);
        }
    }

    @Override
    public Map<String, BudgetUse> use(Set<String> names) {
        return transactions.run(() -> {
            Map<String, BudgetUse> found = new HashMap<>();
            for (String name : names) {
                BudgetUse use = uses.get(name);
                if (use != null) {
                    found.put(name, use);
                }
            }
            return found;
        });
    }

    @Override
    public boolean alert(String name, int percent) {
        return transactions.run(() -> {
            BudgetUse use = uses.get(name);
            if (use == null || use.alerted() >= percent) {
                return false;
            }
            set(name, new BudgetUse(use.spent(), use.reserved(), percent));
            return true;
        });
    }
}
