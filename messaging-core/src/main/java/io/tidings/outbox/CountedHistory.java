package io.tidings.outbox;

import io.tidings.analytics.StatisticsStore;
import io.tidings.history.HistoryStore;
import io.tidings.history.MessageRow;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.message.UnitOfWork;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A history whose every change is in the counters too, in the same transaction. Safe for use by many threads. */
public final class CountedHistory implements HistoryStore {
    private final HistoryStore history;
    private final StatisticsStore statistics;
    private final UnitOfWork transactions;

    /** Writes both. */
    public CountedHistory(HistoryStore history, StatisticsStore statistics, UnitOfWork transactions) {
        this.history = history;
        this.statistics = statistics;
        this.transactions = transactions;
    }

    @Override
    public Optional<MessageRow> save(MessageRow row) {
        return transactions.run(() -> {
            Optional<MessageRow> before = history.save(row);
            Counters.move(statistics, before.orElse(null), row);
            return before;
        });
    }

    @Override
    public Optional<MessageRow> remove(MessageId id) {
        return transactions.run(() -> {
            Optional<MessageRow> before = history.remove(id);
            Counters.move(statistics, before.orElse(null), null);
            return before;
        });
    }

    @Override
    public Optional<MessageRow> find(MessageId id) {
        return history.find(id);
    }

    @Override
    public List<MessageRow> withStatus(MessageStatus status, int limit) {
        return history.withStatus(status, limit);
    }

    @Override
    public Map<MessageStatus, Long> counts() {
        return history.counts();
    }
}
