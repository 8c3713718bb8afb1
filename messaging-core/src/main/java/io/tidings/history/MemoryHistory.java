package io.tidings.history;

import io.tidings.gate.GateRecord;
import io.tidings.message.MemoryTransactions;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The in-memory twin of message rows and decisions. */
public final class MemoryHistory implements HistoryStore, DecisionStore {
    private final MemoryTransactions transactions;
    /** Guarded by the transactions' lock, as all below. */
    private final Map<MessageId, MessageRow> rows = new HashMap<>();

    private final Map<MessageId, List<GateRecord>> decisions = new HashMap<>();
    private final Map<MessageStatus, Long> counts = new EnumMap<>(MessageStatus.class);

    /** Joins these transactions. */
    public MemoryHistory(MemoryTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Optional<MessageRow> save(MessageRow row) {
        return transactions.run(() -> replace(row.stored().id(), row));
    }

    @Override
    public Optional<MessageRow> remove(MessageId id) {
        return transactions.run(() -> replace(id, null));
    }

    private Optional<MessageRow> replace(MessageId id, @Nullable MessageRow row) {
        MessageRow before = set(id, row);
        transactions.onRollback(() -> set(id, before));
        return Optional.ofNullable(before);
    }

    private @Nullable MessageRow set(MessageId id, @Nullable MessageRow row) {
        MessageRow before = row == null ? rows.remove(id) : rows.put(id, row);
        if (before != null) {
            counts.merge(before.status(), -1L, Long::sum);
        }
        if (row != null) {
            counts.merge(row.status(), 1L, Long::sum);
        }
        return before;
    }

    @Override
    public Optional<MessageRow> find(MessageId id) {
        return transactions.run(() -> Optional.ofNullable(rows.get(id)));
    }

    /** For retention: drops the decisions. Call it inside the transactions. */
    public void forget(MessageId id) {
        List<GateRecord> before = decisions.remove(id);
        if (before != null) {
            transactions.onRollback(() -> decisions.put(id, before));
        }
    }

    /** For conversations: all rows. Call it inside the transactions. */
    public Collection<MessageRow> rows() {
        return rows.values();
    }

    @Override
    public List<MessageRow> withStatus(MessageStatus status, int limit) {
        return transactions.run(() -> rows.values().stream()
                .filter(row -> row.status() == status)
                .sorted(Comparator.comparing(MessageRow::changedAt)
                        .thenComparing(row -> row.stored().id()))
                .limit(limit)
                .toList());
    }

    @Override
    public Map<MessageStatus, Long> counts() {
        return transactions.run(() -> {
            Map<MessageStatus, Long> copy = new EnumMap<>(MessageStatus.class);
            counts.forEach((status, count) -> {
                if (count != 0) {
                    copy.put(status, count);
                }
            });
            return copy;
        });
    }

    @Override
    public void append(Map<MessageId, List<GateRecord>> said) {
        transactions.execute(() -> said.forEach((message, records) -> {
            List<GateRecord> all = decisions.computeIfAbsent(message, id -> new ArrayList<>(2 * records.size()));
            int before = all.size();
            all.addAll(records);
            transactions.onRollback(() -> all.subList(before, all.size()).clear());
        }));
    }

    @Override
    public List<GateRecord> decisions(MessageId message) {
        return transactions.run(() -> List.copyOf(decisions.getOrDefault(message, List.of())));
    }
}
