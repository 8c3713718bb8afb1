package io.tidings.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.tidings.Tidings;
import io.tidings.audit.AuditSettings;
import io.tidings.dispatch.DispatchSettings;
import io.tidings.event.MessageSent;
import io.tidings.message.MessageId;
import io.tidings.outbox.PollPlan;
import io.tidings.provider.AccountCheck;
import io.tidings.test.FakeProvider;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A whole node with nothing to do, after it has sent: all statements of all its loops are counted. */
class QuietNodeTest {
    private static final Duration POLL = Duration.ofMillis(200);
    /** Between two looks at rest. */
    private static final Duration REST = Duration.ofMillis(240);
    /** So many that each loop had its turn meanwhile. */
    private static final int LOOKS = 13;

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private enum Kind {
        POSTGRESQL,
        H2;

        HikariDataSource pool() {
            return this == H2
                    ? (HikariDataSource) Databases.h2()
                    : (HikariDataSource) Databases.postgresIn(Databases.postgresSchema());
        }
    }

    @ParameterizedTest
    @EnumSource
    void asks_less_than_once_per_poll_interval_and_sends_at_once_all_the_same(Kind kind) throws InterruptedException {
        afterOne(kind, (tidings, counting, told) -> {
            Duration took = resting(counting);

            assertThat(took).isGreaterThanOrEqualTo(REST.multipliedBy(LOOKS - 1));
            System.out.printf("%s: %d statements in %d ms%n", kind, LOOKS, took.toMillis());
            long sent = System.nanoTime();
            send(tidings, told);
            System.out.printf("%s: told of it %d ms after send()%n", kind, (System.nanoTime() - sent) / 1_000_000);
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_check_that_finds_the_account_in_order_leads_to_no_turn(Kind kind) throws InterruptedException {
        afterOne(kind, (tidings, counting, told) -> {
            resting(counting);
            List<String> others = others(counting);

            assertThat(tidings.validate().state()).isEqualTo(AccountCheck.State.ACTIVE);
            anotherRound(counting);

            assertThat(others(counting)).isEqualTo(others);
        });
    }

    private interface Watcher {
        void watch(Tidings node, CountingSource counting, Semaphore told) throws InterruptedException;
    }

    /** Looks on when a new node has sent one message. */
    private static void afterOne(Kind kind, Watcher watcher) throws InterruptedException {
        CountingSource counting = new CountingSource();
        Semaphore told = new Semaphore(0);
        try (HikariDataSource pool = kind.pool();
                Tidings tidings = node(pool, counting, told)) {
            send(tidings, told);
            watcher.watch(tidings, counting, told);
        }
    }

    private static void anotherRound(CountingSource counting) {
        int before = counting.executed().size();
        long end = System.nanoTime() + LONGEST.toNanos();
        while (counting.executed().size() < before + LOOKS) {
            assertThat(System.nanoTime()).as("it looks no more").isLessThan(end);
            LockSupport.parkNanos(5_000_000);
        }
    }

    /** What was executed besides looks. */
    private static List<String> others(CountingSource counting) {
        return counting.executed().stream().filter(sql -> !isLook(sql)).toList();
    }

    private static Tidings node(HikariDataSource pool, CountingSource counting, Semaphore told) {
        return Tidings.builder(new FakeProvider())
                .from("55512")
                .homeCountry("US")
                .allowInvalidNumbers()
                .stores(JdbcStores.on(new Watched(pool, counting)).open())
                .dispatch(DispatchSettings.defaults().withPollInterval(POLL))
                .audit(AuditSettings.defaults().withIntervals(Duration.ofMillis(200), Duration.ofHours(1)))
                .polls(new PollPlan(List.of(Duration.ofHours(1)))) // else asking for its status is something to do
                .on(MessageSent.class, event -> told.release())
                .start();
    }

    private record Watched(HikariDataSource pool, CountingSource counting) implements ConnectionSource {
        @Override
        public Lent lend() throws SQLException {
            return new Lent(counting.watch(pool.getConnection()), false);
        }

        @Override
        public void afterCommit(Connection connection, Runnable hint) {
            throw new IllegalStateException("the host has no transactions here");
        }
    }

    private static void send(Tidings tidings, Semaphore told) throws InterruptedException {
        MessageId id = tidings.send(Messages.text().build()).id();
        assertThat(told.tryAcquire(LONGEST.toSeconds(), TimeUnit.SECONDS))
                .as("%s is sent", id)
                .isTrue();
    }

    /** Waits until so many looks in a row were all that was executed. How long it took from the first to the last of them. */
    private static Duration resting(CountingSource counting) {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (true) {
            List<CountingSource.Executed> executed = counting.timed();
            List<CountingSource.Executed> newest =
                    executed.subList(Math.max(0, executed.size() - LOOKS), executed.size());
            if (newest.size() == LOOKS && newest.stream().allMatch(each -> isLook(each.sql()))) {
                return Duration.ofNanos(
                        newest.get(LOOKS - 1).nanos() - newest.get(0).nanos());
            }
            assertThat(System.nanoTime())
                    .as("it does not rest; the newest: %s", newest)
                    .isLessThan(end);
            LockSupport.parkNanos(5_000_000);
        }
    }

    /** By a table that nothing else asks in this way. */
    private static boolean isLook(String sql) {
        return sql.contains("NOT EXISTS (SELECT 1 FROM tidings_audit_unsealed)");
    }
}
