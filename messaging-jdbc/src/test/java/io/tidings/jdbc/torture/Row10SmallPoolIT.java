package io.tidings.jdbc.torture;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.tidings.Tidings;
import io.tidings.jdbc.HostConnections;
import io.tidings.jdbc.JdbcStores;
import io.tidings.message.MessageId;
import io.tidings.message.OutboundMessage;
import io.tidings.webhook.LocalWebhooks;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Row 10: hosts, dispatcher, callbacks and everything else of a node share a pool of one or two connections. Nobody holds
 * one while waiting for another, so everything goes on, one after the other.
 */
class Row10SmallPoolIT {

    @ParameterizedTest
    @CsvSource({"1, 4", "2, 32"})
    void a_whole_node_works_with_a_tiny_pool(int connections, int threads) throws Exception {
        int each = Size.of(160, 3_200) / threads;
        long seed = Size.seed();
        try (Board row = Board.row(
                        "10", "pool of " + connections, seed, threads + " threads, " + threads * each + " messages");
                Server server = Server.start();
                LocalTwilio twilio = LocalTwilio.start(seed);
                HikariDataSource pool = server.pool(connections);
                LocalWebhooks webhooks = LocalWebhooks.on(0)) {
            pool.setConnectionTimeout(30_000);
            HostConnections hosts = new HostConnections(pool);
            Host host = Host.of(twilio);
            try (Tidings tidings = Host.scaled(host.on(JdbcStores.on(hosts).open(), host.provider(), webhooks.url()))
                    .start()) {
                webhooks.answer(tidings.webhooks());
                Orders shop = new Orders(tidings);
                sendInTransactions(threads, each, shop, pool, hosts, tidings);
                boolean done = shop.areDone(Duration.ofMinutes(2));

                Orders.Verdict verdict = shop.verdict(twilio.truth());
                row.figure("%s", verdict);
                assertThat(done).as("%s %s", tidings.counts(), verdict).isTrue();
                assertThat(verdict.holds()).as("%s", verdict).isTrue();
                assertThat(verdict.ends().delivered()).isEqualTo(threads * each);
                row.passed();
            }
        }
    }

    /** A time-out of the pool fails the test. */
    private static void sendInTransactions(
            int threads, int each, Orders shop, HikariDataSource pool, HostConnections hosts, Tidings tidings)
            throws Exception {
        ExecutorService hostThreads = Executors.newFixedThreadPool(threads);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            running.add(hostThreads.submit(() -> {
                for (int k = 0; k < each; k++) {
                    OutboundMessage message = shop.order().build();
                    shop.committed(
                            message,
                            inTransaction(
                                    pool, hosts, () -> tidings.send(message).id()));
                }
            }));
        }
        for (Future<?> one : running) {
            one.get();
        }
        hostThreads.shutdown();
    }

    private static MessageId inTransaction(HikariDataSource pool, HostConnections hosts, Supplier<MessageId> send) {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            MessageId id = hosts.within(connection, send);
            connection.commit();
            hosts.committed();
            return id;
        } catch (SQLException e) {
            throw new IllegalStateException("the pool had no connection in time", e);
        }
    }
}
