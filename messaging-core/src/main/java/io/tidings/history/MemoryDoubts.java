package io.tidings.history;

import io.tidings.message.AttemptId;
import io.tidings.message.MemoryTransactions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The in-memory twin of doubts. */
public final class MemoryDoubts implements DoubtStore {
    private final MemoryTransactions transactions;
    private final InstantSource time;
    /** Guarded by the transactions' lock, as all below. */
    private final Map<AttemptId, Due> due = new HashMap<>();

    private final TreeSet<Due> order =
            new TreeSet<>(Comparator.comparing(Due::at).thenComparing(Due::attempt));
    private final Map<Resolution, Long> counts = new EnumMap<>(Resolution.class);

    private record Due(AttemptId attempt, Instant at, int round) {}

    /** Joins these transactions and goes by this date. */
    public MemoryDoubts(MemoryTransactions transactions, InstantSource time) {
        this.transactions = transactions;
        this.time = time;
    }

    @Override
    public void lookAfter(AttemptId attempt, Duration wait, int round) {
        transactions.execute(() -> plan(attempt, new Due(attempt, time.instant().plus(wait), round)));
    }

    @Override
    public void stop(AttemptId attempt) {
        transactions.execute(() -> plan(attempt, null));
    }

    private void plan(AttemptId attempt, @Nullable Due next) {
        Due before = set(attempt, next);
        transactions.onRollback(() -> set(attempt, before));
    }

    private @Nullable Due set(AttemptId attempt, @Nullable Due next) {
        Due before = next == null ? due.remove(attempt) : due.put(attempt, next);
        if (before != null) {
            order.remove(before);
        }
        if (next != null) {
            order.add(next);
        }
        return before;
    }

    @Override
    public List<Look> take(int limit, Duration lease) {
        return transactions.run(() -> {
            Instant now = time.instant();
            List<Due> taken = order.stream()
                    .takeWhile(entry -> !entry.at().isAfter(now))
                    .limit(limit)
                    .toList();
            taken.forEach(entry -> plan(entry.attempt(), new Due(entry.attempt(), now.plus(lease), entry.round())));
            return taken.stream()
                    .map(entry -> new Look(entry.attempt(), entry.round()))
                    .toList();
        });
    }

    @Override
    public Optional<Duration> nextLook() {
        return transactions.run(() -> order.isEmpty()
                ? Optional.empty()
                : Optional.of(Duration.between(time.instant(), order.first().at())));
    }

    @Override
    public void count(Resolution how, long change) {
        transactions.execute(() -> {
            counts.merge(how, change, Long::sum);
            transactions.onRollback(() -> counts.merge(how, -change, Long::sum));
        });
    }

    @Override
    public Map<Resolution, Long> counts() {
        return transactions.run(() -> {
            Map<Resolution, Long> copy = new EnumMap<>(Resolution.class);
            counts.forEach((how, count) -> {
                if (count != 0) {
                    copy.put(how, count);
                }
            });
            return copy;
        });
    }
}
