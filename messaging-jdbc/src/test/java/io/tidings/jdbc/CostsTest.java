package io.tidings.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tidings.Tidings;
import io.tidings.budget.Allowance;
import io.tidings.budget.BudgetLimit;
import io.tidings.budget.Budgets;
import io.tidings.event.MessageSent;
import io.tidings.gate.FrequencyCap;
import io.tidings.history.Observation;
import io.tidings.history.Observation.Source;
import io.tidings.message.AttemptId;
import io.tidings.message.AttemptStatus;
import io.tidings.message.Category;
import io.tidings.message.Channel;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Sender;
import io.tidings.outbox.Handover;
import io.tidings.outbox.Stores;
import io.tidings.test.FakeProvider;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What PostgreSQL expects each statement of a working node to cost, beside many messages. A server that can compile
 * statements does so for what is expected to be expensive, and needs a tenth of a second to some seconds for ours: each time,
 * for a text message that takes a millisecond. The server of these tests cannot, so its expectations are looked at.
 */
class CostsTest {
    /** The default of {@code jit_above_cost}. */
    private static final double COMPILED = 100_000;

    private static final int MANY = 30_000;
    private static final int SENT = 1_000;
    /** As many as are told in one group at most. */
    private static final int REPORTED = 100;

    private static final Sender SENDER = Messages.SENDER;
    private static final Pattern PLAN = Pattern.compile(
            "Query Text: (.*?)\\n(?:Query Parameters: .*?\\n)?[^\\n]*\\(cost=[\\d.]+\\.\\.([\\d.]+) ", Pattern.DOTALL);

    private final Map<String, Double> costs = new ConcurrentHashMap<>();
    private final Semaphore told = new Semaphore(0);

    /** A look-up in each of many partitions must not look expensive either. */
    @ParameterizedTest
    @ValueSource(ints = {0, 36})
    void no_statement_of_taking_in_and_sending_is_expensive_enough_to_be_compiled(int months) throws Exception {
        String schema = Databases.postgresSchema();
        try (HikariDataSource pool = explaining(Databases.postgresUrl(schema))) {
            Stores stores = JdbcStores.on(new Explained(pool)).open();
            if (months > 0) {
                Partitions.make(schema, months);
            }
            try (Tidings intake = tidings(stores)) {
                intake.send(message(0).build());
            }
            fill(pool);
            costs.clear();

            try (Tidings intake = tidings(stores)) {
                IntStream.range(1, 8).forEach(n -> intake.send(message(n).build()));
                intake.send(message(8).channel(Channel.WHATSAPP).from(SENDER).build());
                intake.send(message(9).tag("campaign", "spring").key("once").build());
                intake.sendAll(IntStream.range(100, 600)
                        .mapToObj(n -> message(n).tag("order", "o-" + n).build())
                        .toList());
                intake.start();
                assertThat(told.tryAcquire(SENT, 60, TimeUnit.SECONDS)).isTrue();
            }
            // What a thread that is ending still holds is left out.
            assertThat(stores.handover().advance(reports(pool)).moved()).hasSizeGreaterThan(REPORTED / 2);
        }

        System.out.printf(
                "%d months: %d statements, the most expensive one %.0f%n",
                months, costs.size(), Collections.max(costs.values()));
        assertThat(costs.keySet())
                .anyMatch(sql -> sql.contains("INSERT INTO tidings_key"))
                .anyMatch(sql -> sql.contains("tidings_pumping"))
                .anyMatch(sql -> sql.contains("r.lanes"))
                .anyMatch(sql -> sql.contains("FROM tidings_budget WHERE"))
                .anyMatch(sql -> sql.contains("tidings_inbound"))
                .anyMatch(sql -> sql.contains("shares AS"))
                .anyMatch(sql -> sql.contains("SET state = 1"))
                .anyMatch(sql -> sql.contains("untagged AS"))
                .anyMatch(sql -> sql.contains("SKIP LOCKED) m"));
        assertThat(costs).allSatisfy((sql, cost) -> assertThat(cost).as(sql).isLessThan(COMPILED));
    }

    /** That so many of those that were accepted are on their way. */
    private static List<Handover.Told> reports(HikariDataSource pool) throws SQLException {
        List<Handover.Told> reports = new ArrayList<>();
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT a.message, a.sid FROM tidings_attempt a "
                        + "JOIN tidings_message m ON m.id = a.message WHERE a.status = 'QUEUED' AND m.status = 'ACCEPTED' "
                        + "LIMIT " + REPORTED)) {
            while (rows.next()) {
                Observation seen = new Observation(
                        AttemptStatus.SENT,
                        rows.getString(2),
                        0,
                        null,
                        Source.CALLBACK,
                        Instant.now(),
                        Map.of("a", "b"));
                reports.add(new Handover.Told(
                        new AttemptId(new MessageId(rows.getObject(1, UUID.class)), 1),
                        seen,
                        MessageStatus.SENT,
                        null));
            }
        }
        return reports;
    }

    private Tidings tidings(Stores stores) {
        return Tidings.builder(new FakeProvider())
                .from("55512")
                .homeCountry("US")
                .allowInvalidNumbers()
                .stores(stores)
                .frequencyCaps(new FrequencyCap(EnumSet.allOf(Category.class), 5, Duration.ofDays(1)))
                .budgets(Budgets.none()
                        .with(BudgetLimit.everyone(BudgetLimit.Period.DAY, Allowance.messages(1_000_000))))
                .on(MessageSent.class, event -> told.release())
                .build();
    }

    private static OutboundMessage.Builder message(int n) {
        return OutboundMessage.to(new PhoneNumber("+1202555%04d".formatted(n)))
                .text("Your order " + n + " is ready.")
                .category(n % 2 == 0 ? Category.TRANSACTIONAL : Category.OTP);
    }

    /** Like the one that waits, to other people: so many that wait, too, and as many that have ended. */
    private static void fill(HikariDataSource pool) throws SQLException {
        String others =
                " CROSS JOIN LATERAL (SELECT '+1' || (300 + n / 10000) || '555' || lpad(CAST(n % 10000 AS text), 4, '0') "
                        + "AS person) p";
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMPORARY TABLE made AS SELECT gen_random_uuid() AS other, n, person, q.* "
                    + "FROM tidings_queue q CROSS JOIN generate_series(1, " + 2 * MANY + ") n" + others);
            statement.execute("""
                    INSERT INTO tidings_queue
                        (id, account, sender, shard, state, lane, tenant, not_before, attempts, counted, recipient, text_hash,
                         accepted_at, tagged, body)
                    SELECT other, account, sender, shard, 0, lane, tenant, not_before, 0, 0, person, text_hash + n,
                           accepted_at, FALSE, replace(body, recipient, person) FROM made WHERE n % 2 = 0""");
            statement.execute("""
                    INSERT INTO tidings_message
                        (id, tenant, recipient, text_hash, lane, accepted_at, status, attempts, counted, changed_at, body)
                    SELECT other, tenant, person, text_hash + n, lane, accepted_at - n, 'DELIVERED', 1, 1, accepted_at,
                           replace(body, recipient, person) FROM made WHERE n % 2 = 1""");
            statement.execute("DROP TABLE made");
            statement.execute("VACUUM ANALYZE");
        }
    }

    /** Connections that say how they carry statements out, as warnings. */
    private static HikariDataSource explaining(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername("postgres");
        config.setConnectionInitSql("LOAD 'auto_explain'; SET auto_explain.log_min_duration = 0; "
                + "SET auto_explain.log_level = 'notice'");
        return new HikariDataSource(config);
    }

    private final class Explained implements ConnectionSource {
        private final HikariDataSource pool;

        Explained(HikariDataSource pool) {
            this.pool = pool;
        }

        @Override
        public Lent lend() throws SQLException {
            return new Lent(watched(Connection.class, pool.getConnection()), false);
        }

        @Override
        public void afterCommit(Connection connection, Runnable hint) {
            throw new IllegalStateException("the host has no transactions here");
        }
    }

    /** Reads the plans, and takes them away from who asked. In a transaction one comes with the next statement or the commit. */
    private <T> T watched(Class<T> type, T target) {
        return type.cast(Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Object result = call(target, method, arguments);
                    if (target instanceof Statement statement
                            && method.getName().startsWith("execute")) {
                        note(statement.getWarnings());
                        statement.clearWarnings();
                    } else if (target instanceof Connection connection
                            && method.getName().equals("commit")) {
                        note(connection.getWarnings());
                        connection.clearWarnings();
                    }
                    return result instanceof PreparedStatement prepared
                            ? watched(PreparedStatement.class, prepared)
                            : result;
                }));
    }

    private void note(@Nullable SQLWarning first) {
        for (SQLWarning said = first; said != null; said = said.getNextWarning()) {
            Matcher plan = PLAN.matcher(String.valueOf(said.getMessage()));
            if (plan.find()) {
                costs.merge(plan.group(1), Double.parseDouble(plan.group(2)), Math::max);
            }
        }
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}
