package io.tidings.jdbc;

import io.tidings.analytics.Cell;
import io.tidings.analytics.Delta;
import io.tidings.analytics.Measure;
import io.tidings.analytics.StatisticsStore;
import io.tidings.message.Category;
import io.tidings.message.Channel;
import io.tidings.message.TenantId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counters as rows of changes that are only ever added, and sums that such rows are moved into. */
final class JdbcStatistics implements StatisticsStore {
    private static final String KEY = "tenant, hour_at, category, channel, template, measure, name";
    private static final String ADD =
            "INSERT INTO tidings_statistic_change (amount, " + KEY + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String OLDEST = "SELECT place, amount, " + KEY
            + " FROM tidings_statistic_change ORDER BY place LIMIT ? FOR UPDATE SKIP LOCKED";
    private static final String DELETE = "DELETE FROM tidings_statistic_change WHERE place = ?";
    private static final String INCREASE = """
            UPDATE tidings_statistic SET amount = amount + ?
            WHERE tenant = ? AND hour_at = ? AND category = ? AND channel = ? AND template = ?
              AND measure = ? AND name = ?""";
    private static final String START =
            "INSERT INTO tidings_statistic (" + KEY + ", amount) VALUES (?, ?, ?, ?, ?, ?, ?, 0)";
    private static final String INCREASE_HOUR = """
            UPDATE tidings_statistic_hour SET amount = amount + ?
            WHERE tenant = ? AND hour_at = ? AND measure = ? AND name = ?""";
    private static final String START_HOUR =
            "INSERT INTO tidings_statistic_hour (tenant, hour_at, measure, name, amount) VALUES (?, ?, ?, ?, 0)";
    /** One statement, so that a row that is moved meanwhile counts once. */
    private static final String SUMS = """
            SELECT %1$smeasure, name, SUM(amount) FROM (
                SELECT hour_at, category, channel, template, measure, name, amount FROM tidings_statistic
                WHERE tenant = ? AND hour_at >= ? AND hour_at < ?
                UNION ALL
                SELECT hour_at, category, channel, template, measure, name, amount FROM tidings_statistic_change
                WHERE tenant = ? AND hour_at >= ? AND hour_at < ?) s
            GROUP BY %1$smeasure, name HAVING SUM(amount) <> 0""";
    /** The same where neither category nor channel nor template is asked for: some rows an hour instead of some hundred. */
    private static final String SUMS_OF_HOURS = """
            SELECT %1$smeasure, name, SUM(amount) FROM (
                SELECT hour_at, measure, name, amount FROM tidings_statistic_hour
                WHERE tenant = ? AND hour_at >= ? AND hour_at < ?
                UNION ALL
                SELECT hour_at, measure, name, amount FROM tidings_statistic_change
                WHERE tenant = ? AND hour_at >= ? AND hour_at < ?) s
            GROUP BY %1$smeasure, name HAVING SUM(amount) <> 0""";
    /** One order for everybody, so that two that fold never wait for each other in a circle. */
    private static final Comparator<Counter> ORDER = Comparator.<Counter, String>comparing(
                    counter -> counter.cell().tenant().value())
            .thenComparing(counter -> counter.cell().hour())
            .thenComparing(counter -> counter.cell().category())
            .thenComparing(counter -> counter.cell().channel())
            .thenComparing(counter -> template(counter.cell()))
            .thenComparing(Counter::measure)
            .thenComparing(Counter::name);

    private final Database database;
    private final Reads reads;

    private record Counter(Cell cell, Measure measure, String name) {
        static Counter of(Delta delta) {
            return new Counter(delta.cell(), delta.measure(), delta.name());
        }
    }

    /** A counter of all categories, channels and templates. */
    private record HourCounter(TenantId tenant, Instant hour, Measure measure, String name) {
        /** The order of all who fold. */
        static final Comparator<HourCounter> ORDER = Comparator.<HourCounter, String>comparing(
                        counter -> counter.tenant().value())
                .thenComparing(HourCounter::hour)
                .thenComparing(HourCounter::measure)
                .thenComparing(HourCounter::name);

        static HourCounter of(Counter counter) {
            return new HourCounter(counter.cell().tenant(), counter.cell().hour(), counter.measure(), counter.name());
        }
    }

    private record Change(long place, Delta delta) {}

    JdbcStatistics(Database database, Reads reads) {
        this.database = database;
        this.reads = reads;
    }

    private static String template(Cell cell) {
        return cell.template() == null ? "" : cell.template();
    }

    private static @Nullable String templateOrNull(String name) {
        return name.isEmpty() ? null : name;
    }

    @Override
    public void add(List<Delta> deltas) {
        database.transactions().execute(() -> {
            database.transactions().protectHost();
            database.batch(ADD, deltas, (values, delta) -> bind(values.number(delta.amount()), Counter.of(delta)));
        });
    }

    private static Values bind(Values values, Counter counter) throws SQLException {
        Cell cell = counter.cell();
        return values.text(cell.tenant().value())
                .time(cell.hour())
                .text(cell.category().name())
                .text(cell.channel().name())
                .text(template(cell))
                .text(counter.measure().name())
                .text(counter.name());
    }

    @Override
    public List<Sum> sums(TenantId tenant, Instant from, Instant until, Set<Dimension> by) {
        return reads.database()
                .query(
                        sql(by),
                        values -> values.text(tenant.value())
                                .time(from)
                                .time(until)
                                .text(tenant.value())
                                .time(from)
                                .time(until),
                        row -> sum(row, by));
    }

    /** The dimensions that were asked for, in the order in which they are declared. */
    private static String sql(Set<Dimension> by) {
        StringBuilder columns = new StringBuilder();
        for (Dimension dimension : Dimension.values()) {
            if (by.contains(dimension)) {
                columns.append(column(dimension)).append(", ");
            }
        }
        boolean hoursAlone = Set.of(Dimension.HOUR).containsAll(by);
        return (hoursAlone ? SUMS_OF_HOURS : SUMS).formatted(columns);
    }

    private static String column(Dimension dimension) {
        return switch (dimension) {
            case HOUR -> "hour_at";
            case CATEGORY -> "category";
            case CHANNEL -> "channel";
            case TEMPLATE -> "template";
        };
    }

    private static Sum sum(Row row, Set<Dimension> by) throws SQLException {
        Group group = new Group(
                by.contains(Dimension.HOUR) ? row.time() : null,
                by.contains(Dimension.CATEGORY) ? Category.valueOf(row.text()) : null,
                by.contains(Dimension.CHANNEL) ? Channel.valueOf(row.text()) : null,
                by.contains(Dimension.TEMPLATE) ? templateOrNull(row.text()) : null);
        return new Sum(group, Measure.valueOf(row.text()), row.text(), row.number());
    }

    @Override
    public int fold(int limit) {
        return database.transactions().run(() -> {
            database.transactions().protectHost();
            List<Change> changes = database.query(OLDEST, values -> values.number(limit), JdbcStatistics::change);
            database.batch(DELETE, changes, (values, change) -> values.number(change.place()));
            Map<Counter, Long> sums = new TreeMap<>(ORDER);
            changes.forEach(change ->
                    sums.merge(Counter.of(change.delta()), change.delta().amount(), Long::sum));
            sums.forEach(this::increase);
            Map<HourCounter, Long> hours = new TreeMap<>(HourCounter.ORDER);
            sums.forEach((counter, amount) -> hours.merge(HourCounter.of(counter), amount, Long::sum));
            hours.forEach(this::increaseHour);
            return changes.size();
        });
    }

    private void increase(Counter counter, long amount) {
        increase(INCREASE, START, amount, values -> bind(values, counter));
    }

    private void increaseHour(HourCounter counter, long amount) {
        increase(
                INCREASE_HOUR,
                START_HOUR,
                amount,
                values -> values.text(counter.tenant().value())
                        .time(counter.hour())
                        .text(counter.measure().name())
                        .text(counter.name()));
    }

    private void increase(String increase, String start, long amount, Database.Binder key) {
        if (amount == 0) {
            return;
        }
        Database.Binder more = values -> key.bind(values.number(amount));
        if (database.update(increase, more) == 0) {
            database.ensure(start, "tenant", key);
            database.update(increase, more);
        }
    }

    private static Change change(Row row) throws SQLException {
        long place = row.number();
        long amount = row.number();
        Cell cell = new Cell(
                new TenantId(row.text()),
                row.time(),
                Category.valueOf(row.text()),
                Channel.valueOf(row.text()),
                templateOrNull(row.text()));
        return new Change(place, new Delta(cell, Measure.valueOf(row.text()), row.text(), amount));
    }
}
