package io.tidings.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.zaxxer.hikari.HikariDataSource;
import io.tidings.Tidings;
import io.tidings.TidingsBuilder;
import io.tidings.dispatch.DispatchSettings;
import io.tidings.message.MessageId;
import io.tidings.outbox.Hints;
import io.tidings.outbox.PollPlan;
import io.tidings.test.FakeProvider;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** A node that only takes messages in, and one that sends and polls so rarely that only a hint can be why it is quick. */
class PostgresHintsTest {
    private static final Duration RARELY = Duration.ofSeconds(45);
    private static final Duration AT_ONCE = Duration.ofSeconds(20);
    private static final String LISTENERS =
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'listener'";

    private final String schema = Databases.postgresSchema();
    private final FakeProvider provider = new FakeProvider();

    private static Hints hints() {
        return hintsOn(Databases.postgres());
    }

    private static Hints hintsOn(DataSource dataSource) {
        // tag::hints
        Hints hints = PostgresHints.on(dataSource, connection -> {
            PGNotification[] heard = connection.unwrap(PGConnection.class).getNotifications(1_000);
            return heard != null && heard.length > 0;
        });
        // end::hints
        return hints;
    }

    private TidingsBuilder node(Hints hints) {
        return Tidings.builder(provider)
                .from("55512")
                .homeCountry("US")
                .allowInvalidNumbers()
                .stores(JdbcStores.on(Databases.postgres()).withSchema(schema).open())
                .dispatch(DispatchSettings.defaults()
                        .withLease(Duration.ofMinutes(10), Duration.ofSeconds(30))
                        .withPollInterval(RARELY))
                .polls(new PollPlan(List.of(Duration.ofHours(1)))) // else a look for the first status wakes it
                .hints(hints);
    }

    @Test
    void what_one_node_takes_in_leaves_another_at_once() throws Exception {
        try (Tidings door = node(hints()).build();
                Tidings sender = node(hints()).start()) {
            rest(sender);
            long began = System.nanoTime();

            MessageId id = door.send(Messages.text().build()).id();

            await(sender, id);
            System.out.printf("a hint took %d ms%n", (System.nanoTime() - began) / 1_000_000);
        }
    }

    @Test
    void a_listener_whose_connection_was_ended_listens_again_and_missed_nothing() throws Exception {
        try (HikariDataSource apart =
                        Databases.pool(Databases.postgresUrl() + "&ApplicationName=listener", "postgres", "");
                Tidings door = node(hints()).build();
                Tidings sender = node(hintsOn(apart)).start()) {
            rest(sender);
            Databases.execute(Databases.postgres(), LISTENERS);

            await(sender, door.send(Messages.text().build()).id());
            await(sender, door.send(Messages.text().build()).id());
        }
    }

    @Test
    void hints_are_heard_by_every_node_and_a_node_needs_its_own() throws Exception {
        Semaphore one = new Semaphore(0);
        Semaphore other = new Semaphore(0);
        try (Hints teller = hints();
                Hints first = hints()) {
            try (Hints second = hints()) {
                first.listen(one::release);
                second.listen(other::release);
                heard(one);
                heard(other);
                teller.tell();
                heard(one);
                heard(other);
                assertThatIllegalStateException().isThrownBy(() -> first.listen(one::release));
            }
            teller.tell();
            heard(one);
        }
    }

    @Test
    void a_database_that_is_away_is_nobodys_trouble() {
        HikariDataSource nowhere = Databases.pool(Databases.postgresUrl(), "postgres", "");
        nowhere.close();
        try (Hints hints = hintsOn(nowhere)) {
            assertThatCode(() -> {
                        hints.tell();
                        hints.listen(() -> {});
                        hints.tell();
                    })
                    .doesNotThrowAnyException();
        }
    }

    /** The first look, at the start of listening, is over. */
    private void rest(Tidings sender) throws InterruptedException {
        await(sender, sender.send(Messages.text().build()).id());
    }

    private static void heard(Semaphore told) throws InterruptedException {
        assertThat(told.tryAcquire(AT_ONCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    private static void await(Tidings sender, MessageId id) throws InterruptedException {
        long end = System.nanoTime() + AT_ONCE.toNanos();
        while (sender.explain(id).orElseThrow().attempts().isEmpty()) {
            assertThat(System.nanoTime())
                    .as("the message waits for the next poll")
                    .isLessThan(end);
            LockSupport.parkNanos(10_000_000);
        }
    }
}
