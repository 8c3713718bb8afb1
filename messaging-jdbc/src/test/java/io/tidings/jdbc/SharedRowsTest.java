package io.tidings.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.history.MessageRow;
import io.tidings.history.TryCount;
import io.tidings.message.MessageStatus;
import io.tidings.message.Sender;
import io.tidings.message.TenantId;
import io.tidings.outbox.OwnedSender;
import io.tidings.outbox.QueueRow;
import io.tidings.outbox.SenderKey;
import io.tidings.outbox.Stores;
import io.tidings.schedule.Recurring;
import io.tidings.schedule.Schedule;
import io.tidings.throttle.Limit;
import io.tidings.throttle.Rate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the rows that nodes share do beyond the contracts. */
class SharedRowsTest {
    private static final Duration LEASE = Duration.ofMinutes(1);

    private static Database database(Dialect dialect) {
        return dialect == Dialect.H2
                ? JdbcStores.on(Databases.h2()).database()
                : JdbcStores.on(Databases.postgres())
                        .withSchema(Databases.postgresSchema())
                        .database();
    }

    private static Recurring recurring(String name, Instant next) {
        return new Recurring(name, Schedule.every(LEASE, next), Messages.text().build(), Recurring.State.ACTIVE, next);
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "H2"})
    void a_recurring_message_of_a_newer_version_stops_no_other_and_is_no_reason_to_look_again_at_once(Dialect dialect) {
        Database database = database(dialect);
        Stores stores = JdbcStores.stores(database);
        Recurring newer = recurring("newer", Messages.LONG_AGO);
        Recurring older = recurring("older", Messages.LONG_AGO.plusNanos(1_001));
        stores.recurring().add(newer);
        stores.recurring().add(older);
        database.update("UPDATE tidings_recurring SET body = '{\"v\":2}' WHERE name = 'newer'", values -> {});

        assertThat(stores.recurring().due(10)).containsExactly(older);
        assertThat(stores.recurring().of(TenantId.DEFAULT)).containsExactly(older);
        stores.recurring().replace(older, older.in(Recurring.State.PAUSED, older.next()));
        assertThat(stores.recurring().nextDue()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "H2"})
    void history_returns_what_it_replaced_and_replaces_what_it_cannot_read(Dialect dialect) {
        Database database = database(dialect);
        Stores stores = JdbcStores.stores(database);
        QueueRow message = Messages.waiting();
        MessageRow sent =
                new MessageRow(message.stored(), MessageStatus.SENT, new TryCount(1, 0), null, Messages.LONG_AGO);
        MessageRow read = sent.with(MessageStatus.READ, null, Messages.LONG_AGO);

        assertThat(stores.history().save(sent)).isEmpty();
        assertThat(stores.history().save(read)).contains(sent);
        database.update("UPDATE tidings_message SET body = '{\"v\":2}'", values -> {});
        assertThat(stores.history().save(sent)).isEmpty();
        assertThat(stores.history().remove(message.stored().id())).contains(sent);
        assertThat(stores.history().remove(message.stored().id())).isEmpty();
        assertThat(stores.history().counts()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "H2"})
    void a_bucket_that_is_full_again_is_forgotten_when_another_one_is_made(Dialect dialect) {
        Database database = database(dialect);
        Stores stores = JdbcStores.stores(database);
        Limit limit = Limit.of(new Rate(1, Duration.ofHours(1)), 2);
        stores.limits().take("once", limit, 1, 1);
        stores.limits().take("often", limit, 2, 2);
        database.advance(Duration.ofMinutes(62));

        stores.limits().take("new", limit, 1, 1);

        assertThat(database.query("SELECT name FROM tidings_limit ORDER BY name", values -> {}, Row::text))
                .containsExactly("new", "often");
        assertThat(stores.limits().take("once", limit, 1, 3).permits()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "H2"})
    void nodes_that_call_at_once_share_everything_and_own_nothing_twice(Dialect dialect) throws Exception {
        Database database = database(dialect);
        Stores stores = JdbcStores.stores(database);
        IntStream.range(0, 20)
                .forEach(i -> stores.outbox()
                        .enqueue(List.of(Messages.incoming(
                                Messages.waiting(text -> text.from(new Sender.ShortCode("" + (55_500 + i))))))));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<List<SenderKey>>> nodes = IntStream.range(0, 4)
                    .mapToObj(node -> (Callable<List<SenderKey>>)
                            () -> stores.work().own("node-" + node, LEASE).senders().stream()
                                    .map(OwnedSender::sender)
                                    .toList())
                    .toList();
            for (int round = 0; round < 25; round++) {
                List<SenderKey> owned = new ArrayList<>();
                for (Future<List<SenderKey>> each : threads.invokeAll(nodes)) {
                    owned.addAll(each.get(60, TimeUnit.SECONDS));
                }
                assertThat(owned).as("round %d", round).doesNotHaveDuplicates().hasSize(20);
                if (round % 5 == 4) {
                    database.advance(LEASE.multipliedBy(2));
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
