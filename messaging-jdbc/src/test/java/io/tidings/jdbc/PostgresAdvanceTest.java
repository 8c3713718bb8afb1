package io.tidings.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.analytics.StatisticsStore.Dimension;
import io.tidings.history.Attempt;
import io.tidings.history.Observation;
import io.tidings.history.Observation.Source;
import io.tidings.message.AttemptId;
import io.tidings.message.AttemptStatus;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.message.TenantId;
import io.tidings.message.TimeSource;
import io.tidings.outbox.CountedHistory;
import io.tidings.outbox.Handover;
import io.tidings.outbox.PollPlan;
import io.tidings.outbox.QueueRow;
import io.tidings.outbox.Settler;
import io.tidings.outbox.Settler.Answered;
import io.tidings.outbox.StepwiseHandover;
import io.tidings.outbox.Stores;
import io.tidings.provider.Outcome;
import io.tidings.retry.RetryPolicy;
import io.tidings.test.SteppableTime;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Reports that let attempts get further in one statement end as those that are settled step by step. */
class PostgresAdvanceTest {
    private static final int MESSAGES = 40;
    private static final int REPORTS = 6;
    private static final List<AttemptStatus> TOLD = List.of(
            AttemptStatus.ACCEPTED,
            AttemptStatus.QUEUED,
            AttemptStatus.SENDING,
            AttemptStatus.SENT,
            AttemptStatus.SENT,
            AttemptStatus.DELIVERED,
            AttemptStatus.DELIVERED,
            AttemptStatus.READ,
            AttemptStatus.UNDELIVERED,
            AttemptStatus.FAILED);

    private final HostConnections connections = new HostConnections(Databases.postgres());
    private final Side quick = new Side(connections, false);
    private final Side stepwise = new Side(connections, true);

    /** A system on a schema of its own. */
    private static final class Side {
        private final String schema = Databases.postgresSchema();
        private final Database database;
        private final Stores stores;
        private final Settler settler;

        Side(ConnectionSource source, boolean stepwise) {
            database = JdbcStores.on(source).withSchema(schema).database();
            Stores all = JdbcStores.stores(database);
            Stores counted = all.withHistory(
                    new CountedHistory(all.history(), all.records().statistics(), all.transactions()));
            stores = stepwise
                    ? counted.withHandover(new StepwiseHandover(
                            all.transactions(), all.attempts(), all.outbox(), all.work(), all.history()))
                    : counted;
            TimeSource time = new SteppableTime(Messages.LONG_AGO);
            settler = new Settler(
                    stores, RetryPolicy.defaults(), PollPlan.besideCallbacks().withPrices(), time, new Random(5));
        }

        void take(List<QueueRow> rows) {
            stores.outbox().enqueue(rows.stream().map(Messages::incoming).toList());
            stores.work().own("node", Duration.ofHours(1));
            List<QueueRow> begun = stores.work().begin("node", rows);
            stores.attempts()
                    .begin(begun.stream()
                            .map(row -> Attempt.begun(row.attempt(), Messages.LONG_AGO))
                            .toList());
            // Every fifth stays in the air: its reports come before its answer.
            settler.outcomes(IntStream.range(0, begun.size())
                    .filter(i -> i % 5 != 0)
                    .mapToObj(i ->
                            new Answered(begun.get(i), new Outcome.Accepted(sid(begun.get(i)), AttemptStatus.QUEUED)))
                    .toList());
        }

        List<Object> all(List<QueueRow> rows) {
            List<Object> all = new ArrayList<>();
            for (QueueRow row : rows) {
                MessageId id = row.stored().id();
                all.add(stores.outbox().find(id).map(QueueRow::state));
                all.add(stores.history().find(id));
                all.add(stores.attempts().attempts(id));
                all.add(stores.attempts().observations(new AttemptId(id, 1)));
            }
            all.add(stores.history().counts());
            all.add(Map.copyOf(sums()));
            database.advance(Duration.ofDays(3));
            all.add(List.copyOf(stores.attempts().duePolls(1_000).stream()
                    .map(Object::toString)
                    .sorted()
                    .toList()));
            return all;
        }

        private Map<String, Long> sums() {
            Map<String, Long> sums = new TreeMap<>();
            stores.records()
                    .statistics()
                    .sums(
                            TenantId.DEFAULT,
                            Instant.EPOCH,
                            Instant.parse("2100-01-01T00:00:00Z"),
                            EnumSet.noneOf(Dimension.class))
                    .forEach(sum -> sums.put(sum.measure() + " " + sum.name(), sum.amount()));
            return sums;
        }
    }

    private static String sid(QueueRow row) {
        return String.format(Locale.ROOT, "SM%032x", row.stored().id().value().getLeastSignificantBits());
    }

    private static Observation report(QueueRow row, int number, Random random) {
        AttemptStatus status = TOLD.get(random.nextInt(TOLD.size()));
        boolean failed = status == AttemptStatus.UNDELIVERED || status == AttemptStatus.FAILED;
        String sid = random.nextInt(12) == 0 ? String.format(Locale.ROOT, "SM%032x", random.nextLong()) : sid(row);
        return new Observation(
                status,
                sid,
                failed ? 30006 : 0,
                null,
                Source.CALLBACK,
                Messages.LONG_AGO.plusSeconds(number),
                Map.of("MessageStatus", status.name()));
    }

    @Test
    void reports_in_any_order_end_alike_on_the_short_way_and_step_by_step() {
        List<QueueRow> rows =
                IntStream.range(0, MESSAGES).mapToObj(i -> Messages.waiting()).toList();
        quick.take(rows);
        stepwise.take(rows);
        Random random = new Random(20261128);

        for (int number = 1; number <= MESSAGES * REPORTS; number++) {
            QueueRow row = rows.get(random.nextInt(MESSAGES));
            Observation seen = report(row, number, random);
            boolean known = number % 2 == 0
                    ? quick.settler.report(first(row), seen)
                    : quick.settler.reportTogether(first(row), seen);
            assertThat(known).isEqualTo(stepwise.settler.report(first(row), seen));
        }

        assertThat(quick.all(rows)).isEqualTo(stepwise.all(rows));
    }

    private static AttemptId first(QueueRow row) {
        return new AttemptId(row.stored().id(), 1);
    }

    private static Observation told(QueueRow row, AttemptStatus status) {
        return new Observation(status, sid(row), 0, null, Source.CALLBACK, Messages.LONG_AGO, Map.of());
    }

    /** A message that the provider has taken. */
    private QueueRow accepted() {
        List<QueueRow> rows =
                IntStream.range(0, 2).mapToObj(i -> Messages.waiting()).toList();
        quick.take(rows);
        return rows.get(1);
    }

    /** What is executed within a transaction of the host, savepoints left out. */
    private List<String> statements(Supplier<?> work) throws SQLException {
        CountingSource counting = new CountingSource();
        try (Connection connection = Databases.postgres().getConnection()) {
            connection.setAutoCommit(false);
            connections.within(counting.watch(connection), work);
            connection.commit();
        }
        return counting.executed().stream()
                .filter(sql -> !sql.contains("avepoint"))
                .toList();
    }

    @Test
    void a_report_that_gets_further_takes_three_statements() throws Exception {
        QueueRow row = accepted();

        List<String> statements = statements(() -> quick.settler.report(first(row), told(row, AttemptStatus.SENT)));

        assertThat(statements).hasSize(3);
        assertThat(quick.stores.history().find(row.stored().id()))
                .hasValueSatisfying(left -> assertThat(left.status()).isEqualTo(MessageStatus.SENT));
    }

    @Test
    void a_report_that_says_what_is_known_takes_two_statements() throws Exception {
        QueueRow row = accepted();
        quick.settler.report(first(row), told(row, AttemptStatus.SENT));

        List<String> statements = statements(() -> quick.settler.report(first(row), told(row, AttemptStatus.QUEUED)));

        assertThat(statements).hasSize(2);
        assertThat(quick.stores.attempts().observations(first(row)))
                .extracting(Observation::status)
                .containsExactly(AttemptStatus.QUEUED, AttemptStatus.SENT, AttemptStatus.QUEUED);
        assertThat(quick.stores.history().find(row.stored().id()))
                .hasValueSatisfying(left -> assertThat(left.status()).isEqualTo(MessageStatus.SENT));
    }

    @Test
    void many_reports_take_as_many_statements_as_one() throws Exception {
        List<QueueRow> rows =
                IntStream.range(0, MESSAGES).mapToObj(i -> Messages.waiting()).toList();
        quick.take(rows);
        List<Handover.Told> told = rows.stream()
                .map(row -> new Handover.Told(
                        first(row), told(row, AttemptStatus.DELIVERED), MessageStatus.DELIVERED, null))
                .toList();
        List<Handover.Advanced> advanced = new ArrayList<>();

        List<String> statements =
                statements(() -> advanced.add(quick.stores.handover().advance(told)));

        assertThat(statements).hasSize(2);
        // Every fifth is in the air.
        assertThat(advanced.get(0).moved()).hasSize(MESSAGES - MESSAGES / 5);
        assertThat(advanced.get(0).known()).isEmpty();
        assertThat(quick.stores.handover().advance(told).known())
                .containsExactlyInAnyOrderElementsOf(advanced.get(0).moved().keySet());
    }

    @Test
    void a_few_reports_among_thousands_of_attempts_read_no_table_as_a_whole() throws Exception {
        List<QueueRow> rows =
                IntStream.range(0, 5_000).mapToObj(i -> Messages.waiting()).toList();
        quick.take(rows);
        List<Handover.Told> told = rows.subList(1, 4).stream()
                .map(row -> new Handover.Told(first(row), told(row, AttemptStatus.SENT), MessageStatus.SENT, null))
                .toList();

        try (Connection connection = Databases.postgres().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("ANALYZE " + quick.schema + ".tidings_attempt, " + quick.schema + ".tidings_message");
            connection.setAutoCommit(false);
            // What this connection did before in the last second is not flushed yet and would count as well.
            Map<String, Long> before = scansOfWholeTables(statement);
            assertThat(connections
                            .within(connection, () -> quick.stores.handover().advance(told))
                            .moved())
                    .hasSize(3);
            assertThat(scansOfWholeTables(statement)).hasSize(2).isEqualTo(before);
            connection.rollback();
        }
    }

    private Map<String, Long> scansOfWholeTables(Statement statement) throws SQLException {
        Map<String, Long> scans = new TreeMap<>();
        try (ResultSet rows =
                statement.executeQuery("SELECT relname, seq_scan FROM pg_stat_xact_user_tables WHERE schemaname = '"
                        + quick.schema + "' AND relname IN ('tidings_attempt', 'tidings_message')")) {
            while (rows.next()) {
                scans.put(rows.getString(1), rows.getLong(2));
            }
        }
        return scans;
    }

    @Test
    void what_another_transaction_holds_is_left_out_and_nobody_waits_for_it() throws Exception {
        List<QueueRow> rows =
                IntStream.range(0, 6).mapToObj(i -> Messages.waiting()).toList();
        quick.take(rows);
        List<Handover.Told> told = rows.stream()
                .map(row -> new Handover.Told(first(row), told(row, AttemptStatus.SENT), MessageStatus.SENT, null))
                .toList();
        try (Connection host = Databases.postgres().getConnection()) {
            host.setAutoCommit(false);
            try (PreparedStatement held = host.prepareStatement(
                    "SELECT 1 FROM " + quick.schema + ".tidings_message WHERE id = ? FOR UPDATE")) {
                held.setObject(1, rows.get(1).stored().id().value());
                held.executeQuery().close();

                assertThat(quick.stores.handover().advance(told).moved())
                        .containsOnlyKeys(first(rows.get(2)), first(rows.get(3)), first(rows.get(4)));
            }
            host.rollback();
        }

        assertThat(quick.settler.reportTogether(first(rows.get(1)), told(rows.get(1), AttemptStatus.SENT)))
                .isTrue();
        assertThat(quick.stores.history().find(rows.get(1).stored().id()))
                .hasValueSatisfying(left -> assertThat(left.status()).isEqualTo(MessageStatus.SENT));
    }

    /** A newer version wrote the row of its message, so a group with this one fails. */
    @Test
    void a_report_that_cannot_be_settled_keeps_no_other_of_its_group_from_it() throws Exception {
        List<QueueRow> rows =
                IntStream.range(0, MESSAGES).mapToObj(i -> Messages.waiting()).toList();
        quick.take(rows);
        QueueRow broken = rows.get(1);
        try (Connection connection = Databases.postgres().getConnection();
                PreparedStatement newer = connection.prepareStatement(
                        "UPDATE " + quick.schema + ".tidings_message SET body = '{\"v\":99}' WHERE id = ?")) {
            newer.setObject(1, broken.stored().id().value());
            assertThat(newer.executeUpdate()).isEqualTo(1);
        }
        List<Callable<List<Boolean>>> threads = new ArrayList<>();
        threads.add(() -> {
            for (int i = 0; i < MESSAGES; i++) {
                assertThatThrownBy(() ->
                                quick.settler.reportTogether(first(broken), told(broken, AttemptStatus.DELIVERED)))
                        .isInstanceOf(UnreadableRowException.class);
            }
            return List.of();
        });
        for (int thread = 0; thread < 3; thread++) {
            int part = thread;
            threads.add(() -> IntStream.range(2, MESSAGES)
                    .filter(i -> i % 3 == part)
                    .mapToObj(rows::get)
                    .map(row -> quick.settler.reportTogether(first(row), told(row, AttemptStatus.DELIVERED)))
                    .toList());
        }

        SendInHostTransactionTest.together(threads);

        assertThat(rows.subList(2, MESSAGES))
                .allSatisfy(row -> assertThat(
                                quick.stores.attempts().attempts(row.stored().id()))
                        .singleElement()
                        .satisfies(attempt -> assertThat(attempt.status()).isEqualTo(AttemptStatus.DELIVERED)));
        assertThat(quick.stores.attempts().attempts(broken.stored().id()))
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.status()).isEqualTo(AttemptStatus.QUEUED));
    }

    @Test
    void reports_of_one_message_at_the_same_time_end_with_the_furthest() throws Exception {
        List<QueueRow> rows =
                IntStream.range(0, MESSAGES).mapToObj(i -> Messages.waiting()).toList();
        quick.take(rows);
        List<Callable<List<Boolean>>> threads = new ArrayList<>();
        for (AttemptStatus status : List.of(AttemptStatus.SENDING, AttemptStatus.SENT, AttemptStatus.DELIVERED)) {
            threads.add(() -> rows.stream()
                    .map(row -> quick.settler.report(first(row), told(row, status)))
                    .toList());
            threads.add(() -> rows.stream()
                    .map(row -> quick.settler.reportTogether(first(row), told(row, status)))
                    .toList());
        }

        SendInHostTransactionTest.together(threads);

        for (QueueRow row : rows) {
            assertThat(quick.stores.history().find(row.stored().id()))
                    .hasValueSatisfying(left -> assertThat(left.status()).isEqualTo(MessageStatus.DELIVERED));
            assertThat(quick.stores.attempts().attempts(row.stored().id()))
                    .singleElement()
                    .satisfies(attempt -> assertThat(attempt.status()).isEqualTo(AttemptStatus.DELIVERED));
        }
        assertThat(quick.stores.history().counts().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(MESSAGES);
    }
}
