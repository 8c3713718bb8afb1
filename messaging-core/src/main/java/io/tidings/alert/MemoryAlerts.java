package io.tidings.alert;

import io.tidings.message.MemoryTransactions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The in-memory twin of the alerts. */
public final class MemoryAlerts implements AlertStore {
    private final MemoryTransactions transactions;
    private final InstantSource time;
    /** Guarded by the transactions' lock. */
    private final Map<String, Row> rows = new HashMap<>();

    private record Row(String node, Instant until, boolean stands) {
        boolean isOf(String other, Instant now) {
            return node.equals(other) && until.isAfter(now);
        }
    }

    /** Joins these transactions. */
    public MemoryAlerts(MemoryTransactions transactions, InstantSource time) {
        this.transactions = transactions;
        this.time = time;
    }

    @Override
    public Optional<Boolean> watch(String alert, String node, Duration lease) {
        return transactions.run(() -> {
            Instant now = time.instant();
            Row row = rows.get(alert);
            if (row != null && row.until().isAfter(now) && !row.isOf(node, now)) {
                return Optional.empty();
            }
            boolean stands = row != null && row.stands();
            put(alert, new Row(node, now.plus(lease), stands));
            return Optional.of(stands);
        });
    }

    @Override
    public boolean mark(String alert, String node, boolean stands) {
        return transactions.run(() -> {
            Row row = rows.get(alert);
            if (row == null || !row.isOf(node, time.instant())) {
                return false;
            }
            put(alert, new Row(node, row.until(), stands));
            return true;
        });
    }

    @Override
    public void leave(String node) {
        transactions.execute(() -> {
            Instant now = time.instant();
            for (String alert : List.copyOf(rows.keySet())) {
                Row row = rows.get(alert);
                if (row != null && row.isOf(node, now)) {
                    put(alert, new Row(node, now, row.stands()));
                }
            }
        });
    }

    private void put(String alert, Row row) {
        Row before = set(alert, row);
        transactions.onRollback(() -> set(alert, before));
    }

    private @Nullable Row set(String alert, @Nullable Row row) {
        return row == null ? rows.remove(alert) : rows.put(alert, row);
    }
}
