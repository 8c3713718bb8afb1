package io.tidings.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.jdbc.torture.Board;
import io.tidings.jdbc.torture.Size;
import io.tidings.message.MessageId;
import io.tidings.message.TenantId;
import io.tidings.outbox.Enqueued;
import io.tidings.outbox.QueueRow;
import io.tidings.outbox.Skip;
import io.tidings.outbox.Stores;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Several sessions on one PostgreSQL, and plans that a planner may come to. */
class QueueRacesTest {
    private static final List<String> PLANS = List.of(
            "enable_seqscan",
            "enable_indexscan",
            "enable_bitmapscan",
            "enable_nestloop",
            "enable_hashjoin",
            "enable_mergejoin",
            "enable_material",
            "enable_sort");
    private static final List<Integer> LIMITS = List.of(1, 2, 7, 64, 500);

    private final Database database = JdbcStores.on(Databases.postgres())
            .withSchema(Databases.postgresSchema())
            .database();
    private final Stores stores = JdbcStores.stores(database);

    @Test
    void batches_that_share_keys_in_opposite_orders_neither_deadlock_nor_store_twice() throws Exception {
        List<Callable<List<Enqueued>>> threads = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
            List<QueueRow> rows = new ArrayList<>();
            for (int key = 0; key < 200; key++) {
                String name = "order " + key;
                rows.add(Messages.waiting(message -> message.key(name)));
            }
            Collections.shuffle(rows, new Random(thread));
            threads.add(() -> stores.outbox()
                    .enqueue(rows.stream().map(Messages::incoming).toList()));
        }

        List<Enqueued> answers = SendInHostTransactionTest.together(threads).stream()
                .flatMap(List::stream)
                .toList();

        assertThat(answers).filteredOn(Enqueued.Stored.class::isInstance).hasSize(200);
        assertThat(stores.outbox().counts().total()).isEqualTo(200);
    }

    @Test
    void whoever_commits_later_is_found_although_its_id_is_smaller() throws SQLException {
        HostConnections hosts = new HostConnections(Databases.postgres());
        String schema = Databases.postgresSchema();
        Stores joined = JdbcStores.on(hosts).withSchema(schema).open();
        for (int i = 0; i < 200; i++) {
            QueueRow first = Messages.waiting();
            QueueRow second = Messages.waiting();
            try (Connection one = Databases.postgres().getConnection();
                    Connection other = Databases.postgres().getConnection()) {
                one.setAutoCommit(false);
                other.setAutoCommit(false);
                hosts.within(one, () -> joined.outbox().enqueue(List.of(Messages.incoming(first))));
                hosts.within(other, () -> joined.outbox().enqueue(List.of(Messages.incoming(second))));
                other.commit();
                assertThat(due(joined)).containsExactly(second.stored().id());
                one.commit();
            }
            assertThat(due(joined))
                    .containsExactly(first.stored().id(), second.stored().id());
            joined.outbox().withdraw(first.stored().id());
            joined.outbox().withdraw(second.stored().id());
        }
    }

    private static List<MessageId> due(Stores stores) {
        return stores.work().due(Messages.QUEUE, 10, Skip.NONE).stream()
                .map(row -> row.stored().id())
                .toList();
    }

    @Test
    void never_more_than_asked_for_under_any_plan() {
        long seed = Size.seed();
        List<Integer> sets =
                new ArrayList<>(IntStream.range(0, 1 << PLANS.size()).boxed().toList());
        Collections.shuffle(sets, new Random(seed));
        List<Integer> tried = sets.subList(0, Size.of(16, sets.size()));
        try (Board row = Board.row("24", "a claim is exact under any plan", seed, tried.size() + " sets of flags")) {
            tried.forEach(set -> claims(IntStream.range(0, PLANS.size())
                    .filter(plan -> (set & (1 << plan)) != 0)
                    .mapToObj(PLANS::get)
                    .toList()));
            row.figure("%d claims of 1 to 500 rows, none too large", tried.size() * LIMITS.size());
            row.passed();
        }
    }

    private static void claims(List<String> off) {
        Database own = JdbcStores.on(Databases.postgres())
                .withSchema(Databases.postgresSchema())
                .database();
        Stores fresh = JdbcStores.stores(own);
        List<QueueRow> rows = IntStream.range(0, 600)
                .mapToObj(i -> Messages.waiting(message -> message.tenant(new TenantId("tenant-" + i % 3))))
                .toList();
        fresh.outbox().enqueue(rows.stream().map(Messages::incoming).toList());
        fresh.work().own("node", Duration.ofHours(1));
        Set<MessageId> begun = new HashSet<>();
        for (int limit : LIMITS) {
            List<QueueRow> now = own.transactions().run(() -> {
                off.forEach(plan -> disable(own, plan));
                List<QueueRow> due = fresh.work().due(Messages.QUEUE, limit, Skip.NONE);
                assertThat(due).as("due, without %s", off).hasSize(limit);
                return fresh.work().begin("node", due);
            });
            assertThat(now).as("begun, without %s", off).hasSize(limit);
            now.forEach(row -> assertThat(begun.add(row.stored().id())).isTrue());
        }
        assertThat(fresh.outbox().counts().sending()).isEqualTo(574);
        fresh.work().disown("node");
        int held = own.transactions().run(() -> {
            off.forEach(plan -> disable(own, plan));
            return fresh.work().recover(100).size();
        });
        assertThat(held).isEqualTo(100);
        assertThat(fresh.outbox().counts().uncertain()).isEqualTo(100);
    }

    private static void disable(Database database, String plan) {
        try (Statement statement = database.transactions().connection().createStatement()) {
            statement.execute("SET LOCAL " + plan + " = off");
        } catch (SQLException e) {
            throw new IllegalStateException(plan, e);
        }
    }

    @Test
    void begin_waits_for_nobody_who_takes_the_sender_away_and_begins_nothing_then() {
        QueueRow row = Messages.waiting();
        stores.outbox().enqueue(List.of(Messages.incoming(row)));
        stores.work().own("node", Duration.ofMinutes(1));
        database.advance(Duration.ofMinutes(2));
        stores.work().own("other", Duration.ofMinutes(1));

        assertThat(stores.work().begin("node", List.of(row))).isEmpty();
        assertThat(stores.work().begin("other", List.of(row))).hasSize(1);
    }

    @Test
    void counters_are_right_after_they_were_added_up() {
        List<QueueRow> rows =
                IntStream.range(0, 300).mapToObj(i -> Messages.waiting()).toList();
        rows.forEach(row -> stores.outbox().enqueue(List.of(Messages.incoming(row))));

        stores.work().own("node", Duration.ofMinutes(1));

        assertThat(stores.outbox().counts().total()).isEqualTo(300);
        assertThat(database.query("SELECT COUNT(*) FROM tidings_counter", values -> {}, Row::integer))
                .containsExactly(1);
    }
}
