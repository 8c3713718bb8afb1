package io.tidings.jdbc;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counters as rows of changes that are only ever added, so that no transaction waits for another one, and added up into
 * one row for each counter now and then.
 */
final class Counters {
    static final String WAITING = "waiting";
    static final String STATUS = "status";
    static final String DOUBT = "doubt";

    static final String INSERT = "INSERT INTO tidings_counter (kind, name, delta) VALUES (?, ?, ?)";
    private static final String SUMS = """
            SELECT name, SUM(delta) FROM tidings_counter WHERE kind = ? GROUP BY name""";
    private static final String OLDEST = """
            SELECT place, kind, name, delta FROM tidings_counter ORDER BY place LIMIT ? FOR UPDATE SKIP LOCKED""";
    private static final String DELETE = "DELETE FROM tidings_counter WHERE place = ?";
    private static final String DELETE_POSTGRES = "DELETE FROM tidings_counter WHERE place = ANY(?)";
    /** At most so many rows in one go. */
    private static final int MOST = 5_000;

    private final Database database;

    private record Counter(String kind, String name) {}

    private record Change(long place, Counter counter, long delta) {}

    Counters(Database database) {
        this.database = database;
    }

    void add(String kind, String name, long delta) {
        if (delta != 0) {
            database.update(INSERT, values -> values.text(kind).text(name).number(delta));
        }
    }

    /** The counters of a kind that are not zero. */
    Map<String, Long> sums(String kind) {
        Map<String, Long> sums = new HashMap<>();
        database.query(SUMS, values -> values.text(kind), row -> Map.entry(row.text(), row.number())).stream()
                .filter(sum -> sum.getValue() != 0)
                .forEach(sum -> sums.put(sum.getKey(), sum.getValue()));
        return sums;
    }

    /** Adds up what came in since the last time, if that is worth it. */
    void fold(int least) {
        database.transactions().execute(() -> {
            List<Change> changes = database.query(
                    OLDEST,
                    values -> values.number(MOST),
                    row -> new Change(row.number(), new Counter(row.text(), row.text()), row.number()));
            Map<Counter, Long> sums = new HashMap<>();
            changes.forEach(change -> sums.merge(change.counter(), change.delta(), Long::sum));
            if (changes.size() - sums.size() < least) {
                return;
            }
            database.transactions().protectHost();
            delete(changes);
            sums.values().removeIf(sum -> sum == 0);
            database.batch(
                    INSERT,
                    List.copyOf(sums.entrySet()),
                    (values, sum) -> values.text(sum.getKey().kind())
                            .text(sum.getKey().name())
                            .number(sum.getValue()));
        });
    }

    private void delete(List<Change> changes) {
        if (database.dialect() == Dialect.POSTGRESQL) {
            database.update(DELETE_POSTGRES, values -> values.array(database.array("int8", changes, Change::place)));
        } else {
            database.batch(DELETE, changes, (values, change) -> values.number(change.place()));
        }
    }
}
