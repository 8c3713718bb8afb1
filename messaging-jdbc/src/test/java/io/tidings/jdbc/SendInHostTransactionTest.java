package io.tidings.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.tidings.Tidings;
import io.tidings.event.MessageQueued;
import io.tidings.message.KeyConflictException;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.message.OutboundMessage;
import io.tidings.message.TenantId;
import io.tidings.outbox.Stores;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code send()} as a part of a transaction that the host has begun. */
class SendInHostTransactionTest {
    private static final int SEQUENCES = 100;

    /** A database with nothing in it. */
    private enum Kind {
        POSTGRESQL,
        H2;

        HikariDataSource pool(int size) {
            HikariDataSource pool = this == H2
                    ? (HikariDataSource) Databases.h2()
                    : Databases.pool(Databases.postgresUrl(), "postgres", "");
            pool.setMaximumPoolSize(size);
            pool.setConnectionTimeout(20_000);
            return pool;
        }

        JdbcStores stores(ConnectionSource source) {
            JdbcStores stores = JdbcStores.on(source);
            return this == H2 ? stores : stores.withSchema(Databases.postgresSchema());
        }
    }

    /** Each {@code send()} reads what waits, and without a worker nobody else adds it up. */
    @ParameterizedTest
    @EnumSource
    void where_all_workers_stand_still_counters_are_added_up_beside_the_host(Kind kind) throws SQLException {
        try (HikariDataSource pool = kind.pool(1)) {
            HostConnections hosts = new HostConnections(pool);
            JdbcStores stores = kind.stores(hosts);
            Tidings tidings = Messages.tidings(stores.open());
            for (int transaction = 0; transaction < 11; transaction++) {
                try (Connection connection = pool.getConnection()) {
                    connection.setAutoCommit(false);
                    for (int message = 0; message < 100; message++) {
                        hosts.within(
                                connection, () -> tidings.send(Messages.text().build()));
                    }
                    connection.commit();
                }
            }

            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (rows(stores) > 200) {
                assertThat(System.nanoTime()).as("rows of counters").isLessThan(end);
                LockSupport.parkNanos(5_000_000);
            }
            assertThat(tidings.counts()).containsExactly(Map.entry(MessageStatus.QUEUED, 1_100L));
        }
    }

    private static int rows(JdbcStores stores) {
        return stores.database()
                .query("SELECT COUNT(*) FROM tidings_counter", values -> {}, Row::integer)
                .get(0);
    }

    @Test
    void takes_two_statements_and_no_savepoint_on_postgresql() throws SQLException {
        try (HikariDataSource pool = Kind.POSTGRESQL.pool(1)) {
            HostConnections hosts = new HostConnections(pool);
            Tidings tidings = Messages.tidings(Kind.POSTGRESQL.stores(hosts).open());
            CountingSource counting = new CountingSource();
            try (Connection connection = pool.getConnection()) {
                connection.setAutoCommit(false);
                OutboundMessage message =
                        Messages.text().key("order 42").tag("order", "42").build();
                hosts.within(counting.watch(connection), () -> tidings.send(message));
                connection.commit();
            }
            assertThat(counting.executed()).hasSize(2);
            assertThat(counting.executed()).noneMatch(sql -> sql.contains("avepoint"));
            assertThat(tidings.find(TenantId.DEFAULT, "order 42")).isPresent();
        }
    }

    @Test
    void the_event_that_tells_of_a_message_costs_no_statement_of_its_own_on_postgresql() throws SQLException {
        try (HikariDataSource pool = Kind.POSTGRESQL.pool(1)) {
            HostConnections hosts = new HostConnections(pool);
            Tidings tidings = Messages.tidings(Kind.POSTGRESQL.stores(hosts).open());
            List<MessageId> told = new ArrayList<>();
            tidings.on(MessageQueued.class, event -> told.add(event.id()));
            CountingSource counting = new CountingSource();
            MessageId id;
            try (Connection connection = pool.getConnection()) {
                connection.setAutoCommit(false);
                id = hosts.within(
                        counting.watch(connection),
                        () -> tidings.send(Messages.text().build()).id());
                connection.commit();
            }
            tidings.runDue();

            assertThat(counting.executed()).hasSize(2);
            assertThat(counting.executed()).noneMatch(sql -> sql.contains("avepoint"));
            assertThat(told).containsExactly(id);
        }
    }

    @ParameterizedTest
    @EnumSource
    void works_with_a_pool_of_one_connection(Kind kind) throws SQLException {
        try (HikariDataSource pool = kind.pool(1)) {
            HostConnections hosts = new HostConnections(pool);
            Tidings tidings = Messages.tidings(kind.stores(hosts).open());
            MessageId id;
            try (Connection connection = pool.getConnection()) {
                connection.setAutoCommit(false);
                id = hosts.within(
                        connection, () -> tidings.send(Messages.text().build()).id());
                connection.commit();
            }
            assertThat(tidings.find(id)).isPresent();
        }
    }

    @Test
    void of_many_threads_with_two_connections_nobody_waits_for_ever() throws Exception {
        try (HikariDataSource pool = Kind.POSTGRESQL.pool(2)) {
            HostConnections hosts = new HostConnections(pool);
            Tidings tidings = Messages.tidings(Kind.POSTGRESQL.stores(hosts).open());
            List<Callable<Integer>> threads = IntStream.range(0, 32)
                    .mapToObj(thread -> (Callable<Integer>) () -> {
                        for (int i = 0; i < 10; i++) {
                            try (Connection connection = pool.getConnection()) {
                                connection.setAutoCommit(false);
                                hosts.within(
                                        connection,
                                        () -> tidings.send(Messages.text().build()));
                                connection.commit();
                            }
                        }
                        return thread;
                    })
                    .toList();

            together(threads);

            assertThat(tidings.counts().values().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .isEqualTo(320);
        }
    }

    static <T> List<T> together(List<Callable<T>> calls) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(calls.size());
        try {
            List<T> answers = new ArrayList<>();
            for (Future<T> answer : pool.invokeAll(calls, 120, TimeUnit.SECONDS)) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            pool.shutdownNow();
        }
    }

    @ParameterizedTest
    @EnumSource
    void leaves_exactly_what_was_committed_whatever_is_rolled_back(Kind kind) throws SQLException {
        long seed = Long.getLong("tidings.seed", System.nanoTime());
        System.getLogger("test").log(System.Logger.Level.INFO, "commits, rollbacks, savepoints: seed {0}", "" + seed);
        Random random = new Random(seed);
        try (HikariDataSource pool = kind.pool(2)) {
            HostConnections hosts = new HostConnections(pool);
            Stores stores = kind.stores(hosts).open();
            Tidings tidings = Messages.tidings(stores);
            Set<MessageId> all = new HashSet<>();
            Set<MessageId> committed = new HashSet<>();
            for (int i = 0; i < SEQUENCES; i++) {
                try (Connection connection = pool.getConnection()) {
                    connection.setAutoCommit(false);
                    Set<MessageId> kept = new HashSet<>();
                    steps(
                            random,
                            connection,
                            () -> {
                                MessageId id = hosts.within(
                                        connection,
                                        () -> tidings.send(Messages.text().build())
                                                .id());
                                all.add(id);
                                return id;
                            },
                            kept);
                    if (random.nextInt(3) > 0) {
                        connection.commit();
                        committed.addAll(kept);
                    } else {
                        connection.rollback();
                    }
                }
            }
            assertThat(all.stream().filter(id -> stores.outbox().find(id).isPresent()))
                    .as("seed %d", seed)
                    .containsExactlyInAnyOrderElementsOf(committed);
            assertThat(stores.outbox().counts().total()).isEqualTo(committed.size());
        }
    }

    private static void steps(Random random, Connection connection, Callable<MessageId> send, Set<MessageId> kept)
            throws SQLException {
        for (int step = random.nextInt(1, 5); step > 0; step--) {
            Savepoint savepoint = random.nextBoolean() ? connection.setSavepoint() : null;
            Set<MessageId> before = Set.copyOf(kept);
            for (int i = random.nextInt(3); i > 0; i--) {
                kept.add(call(send));
            }
            if (savepoint != null && random.nextBoolean()) {
                connection.rollback(savepoint);
                kept.retainAll(before);
            }
        }
    }

    private static MessageId call(Callable<MessageId> send) {
        try {
            return send.call();
        } catch (Exception e) {
            throw new IllegalStateException("it could not be sent", e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void harms_nothing_of_the_host_when_it_throws(Kind kind) throws SQLException {
        try (HikariDataSource pool = kind.pool(2)) {
            HostConnections hosts = new HostConnections(pool);
            Tidings tidings = Messages.tidings(kind.stores(hosts).open());
            MessageId first;
            try (Connection connection = pool.getConnection()) {
                connection.setAutoCommit(false);
                first = hosts.within(
                        connection,
                        () -> tidings.send(Messages.text().key("order 42").build())
                                .id());
                assertThatThrownBy(() -> hosts.within(
                                connection,
                                () -> tidings.send(
                                        Messages.text().key("order 42").build())))
                        .isInstanceOf(KeyConflictException.class);
                connection.commit();
            }
            assertThat(tidings.find(first)).isPresent();
        }
    }
}
