package io.tidings.jdbc;

import io.tidings.history.DoubtStore;
import io.tidings.history.Resolution;
import io.tidings.message.AttemptId;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks that are planned, one row each, and counters of how doubts ended. */
final class JdbcDoubts implements DoubtStore {
    private static final String PLAN_AGAIN =
            "UPDATE tidings_doubt SET due_at = {now} + ?, looks = ? WHERE message = ? AND number = ?";
    private static final String PLAN =
            "INSERT INTO tidings_doubt (due_at, looks, message, number) VALUES ({now} + ?, ?, ?, ?)";
    private static final String STOP = "DELETE FROM tidings_doubt WHERE message = ? AND number = ?";
    /** The limit is at the top, so that no plan locks more than it gives out. */
    private static final String DUE = """
            SELECT message, number, looks FROM tidings_doubt WHERE due_at <= {now}
            ORDER BY due_at, message, number LIMIT ? FOR UPDATE SKIP LOCKED""";

    private static final String PUT_OFF =
            "UPDATE tidings_doubt SET due_at = {now} + ? WHERE message = ? AND number = ?";
    private static final String NEXT = "SELECT MIN(due_at) - {now} FROM tidings_doubt";

    private final Database database;
    private final Counters counters;

    JdbcDoubts(Database database, Counters counters) {
        this.database = database;
        this.counters = counters;
    }

    @Override
    public void lookAfter(AttemptId attempt, Duration wait, int round) {
        Database.Binder plan = values ->
                values.duration(wait).number(round).id(attempt.message()).number(attempt.number());
        database.transactions().execute(() -> {
            if (database.update(PLAN_AGAIN, plan) == 0 && !database.insert(PLAN, plan)) {
                database.update(PLAN_AGAIN, plan);
            }
        });
    }

    @Override
    public void stop(AttemptId attempt) {
        database.update(STOP, values -> values.id(attempt.message()).number(attempt.number()));
    }

    @Override
    public List<Look> take(int limit, Duration lease) {
        return database.transactions().run(() -> {
            List<Look> looks = database.query(
                    DUE,
                    values -> values.number(limit),
                    row -> new Look(new AttemptId(row.id(), row.integer()), row.integer()));
            database.batch(
                    PUT_OFF,
                    looks,
                    (values, look) -> values.duration(lease)
                            .id(look.attempt().message())
                            .number(look.attempt().number()));
            return looks;
        });
    }

    @Override
    public Optional<Duration> nextLook() {
        return database.query(NEXT, values -> {}, row -> Optional.ofNullable(row.numberOrNull()))
                .get(0)
                .map(Values::duration);
    }

    @Override
    public void count(Resolution how, long change) {
        counters.add(Counters.DOUBT, how.name(), change);
    }

    @Override
    public Map<Resolution, Long> counts() {
        Map<Resolution, Long> counts = new EnumMap<>(Resolution.class);
        counters.sums(Counters.DOUBT).forEach((name, sum) -> counts.put(Resolution.valueOf(name), sum));
        return counts;
    }
}
