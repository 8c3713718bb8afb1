package io.tidings.jdbc.torture;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.tidings.Tidings;
import io.tidings.history.MessageFilter;
import io.tidings.history.MessageOrder;
import io.tidings.jdbc.JdbcStores;
import io.tidings.message.AccountId;
import io.tidings.message.MessageId;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Sender;
import io.tidings.message.TenantId;
import io.tidings.outbox.QueueRow;
import io.tidings.outbox.SenderKey;
import io.tidings.outbox.Skip;
import io.tidings.outbox.Stores;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Row 22: however much has ended and however much waits, a claim reads the rows that it takes and a few more, through the
 * index. PostgreSQL's own counters tell how the statements were carried out; nothing was analysed before.
 */
class Row22BacklogIT {
    private static final SenderKey QUEUE =
            new SenderKey(AccountId.DEFAULT, new Sender.ShortCode(LocalTwilio.SENDER), 0);
    private static final int TENANTS = 10;
    private static final int AT_ONCE = 20;
    /** Of each tenant the eight that are looked at in its turn, for each of at most two looks, and as much again. */
    private static final long MOST_READ = 4L * 8 * TENANTS;

    /** One message that ran through the system, many times. */
    private static final String MANY = """
            INSERT INTO %1$s SELECT r.* FROM %1$s m
            CROSS JOIN generate_series(1, %2$d) g
            CROSS JOIN LATERAL jsonb_populate_record(m, jsonb_build_object(
                'id', gen_random_uuid(), 'tenant', 'tenant-' || g %% %3$d, 'accepted_at', m.accepted_at - g,
                'body', replace(m.body, '"tenant":"default"', '"tenant":"tenant-' || g %% %3$d || '"'))) r""";

    private record Reads(long whole, long byIndex) {
        Reads since(Reads before) {
            return new Reads(whole - before.whole, byIndex - before.byIndex);
        }
    }

    @Test
    void claims_go_by_the_index_behind_any_backlog() throws SQLException {
        int finished = Size.of(50_000, 5_000_000);
        int waiting = Size.of(10_000, 1_000_000);
        int claims = Size.of(200, 2_000);
        long seed = Size.seed();
        try (Board row = Board.row(
                        "22", "claims behind a backlog", seed, finished + " finished, " + waiting + " waiting");
                Server server = Server.start();
                LocalTwilio twilio = LocalTwilio.start(seed);
                HikariDataSource pool = server.pool(1)) {
            Stores stores = JdbcStores.on(pool).open();
            one(server, twilio, stores);
            Server.execute(pool, MANY.formatted("tidings_message", finished, TENANTS));
            Server.execute(pool, MANY.formatted("tidings_queue", waiting, TENANTS));
            stores.work().own("node", Duration.ofHours(1));

            Reads before = reads(pool);
            List<Long> took = new ArrayList<>();
            Set<MessageId> begun = new HashSet<>();
            for (int claim = 0; claim < claims; claim++) {
                long began = System.nanoTime();
                List<QueueRow> taken = claim(stores);
                took.add((System.nanoTime() - began) / 1_000);
                taken.forEach(each -> assertThat(begun.add(each.stored().id())).isTrue());
            }
            Reads read = reads(pool).since(before);
            long asked = System.nanoTime();
            int page = stores.records()
                    .search()
                    .page(MessageFilter.of(new TenantId("tenant-7")), MessageOrder.NEWEST, null, 50)
                    .size();
            long paged = (System.nanoTime() - asked) / 1_000_000;

            Collections.sort(took);
            row.figure("claims of %d: p50 %.1f ms, p99 %.1f ms", AT_ONCE, at(took, 0.5) / 1e3, at(took, 0.99) / 1e3);
            row.figure(
                    "%.1f rows read for each, %d scans of the table", (double) read.byIndex() / claims, read.whole());
            row.figure("first page of a tenant %d ms", paged);
            assertThat(begun).hasSize(claims * AT_ONCE);
            assertThat(read.whole()).as("the queue was read from end to end").isZero();
            assertThat(read.byIndex()).isPositive().isLessThan(claims * MOST_READ);
            assertThat(page).isEqualTo(50);
            row.passed();
        }
    }

    /** What a node does: looks who is due, and begins them. */
    private static List<QueueRow> claim(Stores stores) {
        return stores.transactions()
                .run(() -> stores.work().begin("node", stores.work().due(QUEUE, AT_ONCE, Skip.NONE)));
    }

    private static long at(List<Long> sorted, double share) {
        return sorted.get((int) (sorted.size() * share));
    }

    /** One message delivered, and one that waits because nobody dispatches any more. */
    private static void one(Server server, LocalTwilio twilio, Stores stores) {
        try (Node node = Node.on(server.pool(4), twilio)) {
            node.tidings.send(message(1));
            assertThat(new Orders(node.tidings).areDone(Duration.ofSeconds(60))).isTrue();
        }
        Host host = Host.of(twilio);
        try (Tidings closed = host.on(stores, host.provider(), URI.create("http://127.0.0.1:9"))
                .build()) {
            closed.send(message(2));
        }
    }

    private static OutboundMessage message(int number) {
        return OutboundMessage.to(new PhoneNumber("+12025550100"))
                .from(QUEUE.sender())
                .text("Order " + number + " is ready.")
                .build();
    }

    private static Reads reads(HikariDataSource pool) throws SQLException {
        Server.execute(pool, "SELECT pg_stat_force_next_flush()");
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(
                        "SELECT seq_scan, idx_tup_fetch FROM pg_stat_user_tables WHERE relname = 'tidings_queue'")) {
            found.next();
            return new Reads(found.getLong(1), found.getLong(2));
        }
    }
}
