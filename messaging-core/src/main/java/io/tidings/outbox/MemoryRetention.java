package io.tidings.outbox;

import io.tidings.history.InboundRow;
import io.tidings.history.MemoryAttempts;
import io.tidings.history.MemoryDoubts;
import io.tidings.history.MemoryHistory;
import io.tidings.history.MemoryInbound;
import io.tidings.history.MessageRow;
import io.tidings.history.RetentionStore;
import io.tidings.message.MemoryTransactions;
import io.tidings.message.MessageId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The in-memory twin of retention. */
record MemoryRetention(MemoryTransactions transactions, InstantSource time, MemoryOutbox outbox, Parts parts)
        implements RetentionStore {

    /** Where the parts of a message are. */
    record Parts(MemoryHistory history, MemoryAttempts attempts, MemoryDoubts doubts, MemoryInbound inbound) {}

    @Override
    public List<MessageRow> ended(Duration age, int limit) {
        return transactions.run(() -> {
            Instant before = time.instant().minus(age);
            return parts.history().rows().stream()
                    .filter(row -> row.changedAt().isBefore(before))
                    .sorted(Comparator.comparing(MessageRow::changedAt)
                            .thenComparing(row -> row.stored().id()))
                    .limit(limit)
                    .toList();
        });
    }

    @Override
    public int delete(Collection<MessageId> messages) {
        return transactions.run(
                () -> (int) messages.stream().filter(this::deleteOne).count());
    }

    private boolean deleteOne(MessageId id) {
        Optional<MessageRow> row = parts.history().remove(id);
        row.ifPresent(gone -> {
            parts.attempts().attempts(id).forEach(attempt -> parts.doubts().stop(attempt.id()));
            parts.attempts().delete(id);
            parts.history().forget(id);
            outbox.forget(gone.stored());
        });
        return row.isPresent();
    }

    @Override
    public int emptyCallbacks(Duration age, int limit) {
        return transactions.run(
                () -> parts.attempts().emptyBefore(time.instant().minus(age), limit));
    }

    @Override
    public List<InboundRow> heard(Duration age, int limit) {
        return transactions.run(() -> parts.inbound().doneBefore(time.instant().minus(age), limit));
    }

    @Override
    public int deleteInbound(Collection<MessageId> messages) {
        return transactions.run(
                () -> (int) messages.stream().filter(parts.inbound()::delete).count());
    }
}
