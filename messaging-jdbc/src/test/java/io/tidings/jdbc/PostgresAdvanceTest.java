package io.tidings.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Reports that let attempts get further in one statement end as those that are settled step by step. */
class PostgresAdvanceTest {
    private static final int MESSAGES = 40;
    private static final int REPORTS = 6;
    private static final List<AttemptStatus> TOLD = List.of(
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
        private final Database database;
        private final Stores stores;
        private final Settler settler;

        Side(ConnectionSource source, boolean stepwise) {
            database =
                    JdbcStores.on(source).withSchema(Databases.postgresSchema()).database();
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
            List<QueueRow> begun = stores.work()
                    .begin("node", rows.stream().map(row -> row.stored().id()).toList());
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
            AttemptId attempt = new AttemptId(row.stored().id(), 1);
            assertThat(quick.settler.report(attempt, seen)).isEqualTo(stepwise.settler.report(attempt, seen));
        }

        assertThat(quick.all(rows)).isEqualTo(stepwise.all(rows));
    }

    @Test
    void a_report_that_gets_further_takes_three_statements() throws Exception {
        List<QueueRow> rows =
                IntStream.range(0, 2).mapToObj(i -> Messages.waiting()).toList();
        quick.take(rows);
        QueueRow accepted = rows.get(1);
        CountingSource counting = new CountingSource();

        try (Connection connection = Databases.postgres().getConnection()) {
            connection.setAutoCommit(false);
            connections.within(
                    counting.watch(connection),
                    () -> quick.settler.report(
                            new AttemptId(accepted.stored().id(), 1),
                            new Observation(
                                    AttemptStatus.SENT,
                                    sid(accepted),
                                    0,
                                    null,
                                    Source.CALLBACK,
                                    Messages.LONG_AGO,
                                    Map.of())));
            connection.commit();
        }

        assertThat(counting.executed())
                .filteredOn(sql -> !sql.contains("avepoint"))
                .hasSize(3);
        assertThat(quick.stores.history().find(accepted.stored().id()))
                .hasValueSatisfying(row -> assertThat(row.status()).isEqualTo(MessageStatus.SENT));
    }

    @Test
    void reports_of_one_message_at_the_same_time_end_with_the_furthest() throws Exception {
        List<QueueRow> rows =
                IntStream.range(0, MESSAGES).mapToObj(i -> Messages.waiting()).toList();
        quick.take(rows);
        List<Callable<List<Boolean>>> threads = new ArrayList<>();
        for (AttemptStatus status : List.of(AttemptStatus.SENDING, AttemptStatus.SENT, AttemptStatus.DELIVERED)) {
            threads.add(() -> rows.stream()
                    .map(row -> quick.settler.report(
                            new AttemptId(row.stored().id(), 1),
                            new Observation(status, sid(row), 0, null, Source.CALLBACK, Messages.LONG_AGO, Map.of())))
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
