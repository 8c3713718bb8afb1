package io.tidings.jdbc.torture;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Row 6: the database dies and comes back, and its administrator ends connections, while messages flow. */
class Row06DatabaseRestartIT {
    private static final Duration DOWN = Size.of(Duration.ofSeconds(5), Duration.ofSeconds(30));

    @Test
    void a_database_that_dies_again_and_again_costs_time_and_nothing_else() {
        int deaths = Size.of(2, 50);
        int ended = Size.of(60, 2_000);
        int orders = Size.of(400, 50_000);
        long seed = Size.seed();
        Random random = new Random(seed);
        try (Board row = Board.row(
                        "6", "database dies, connections ended", seed, deaths + " deaths, " + ended + " ended");
                Server server = Server.start();
                LocalTwilio twilio = LocalTwilio.start(seed);
                Node one = Node.on(server.pool(6), twilio);
                Node other = Node.on(server.pool(6), twilio)) {
            Orders shop = new Orders(one.tidings);
            CompletableFuture<Void> selling = CompletableFuture.runAsync(() -> {
                while (shop.sentCount() < orders) {
                    shop.send(1, Duration.ofMillis(8));
                }
            });
            for (int i = 0; i < deaths; i++) {
                endSome(server, ended / deaths, random);
                server.crash();
                Await.pass(i == 0 ? DOWN : Duration.ofMillis(random.nextInt(50, 1_500)));
                server.resume();
            }
            selling.join();
            boolean done = shop.areDone(Duration.ofSeconds(150));

            Orders.Verdict verdict = shop.verdict(twilio.truth());
            row.figure("longest stop %d s, %d calls of send() repeated", DOWN.toSeconds(), shop.repeated());
            row.figure("%s", verdict);
            assertThat(shop.repeated())
                    .as("calls that met a database that was away")
                    .isPositive();
            assertThat(done).as("%s %s", one.tidings.counts(), verdict).isTrue();
            assertThat(verdict.holds()).as("%s", verdict).isTrue();
            assertThat(other.tidings.counts()).isEqualTo(one.tidings.counts());
            row.passed();
        }
    }

    /** {@code pg_terminate_backend}, one connection after the other. */
    private static void endSome(Server server, int count, Random random) {
        try (HikariDataSource pool = server.pool(1)) {
            for (int i = 0; i < count; i++) {
                Server.execute(
                        pool,
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                                + " AND backend_type = 'client backend' ORDER BY random() LIMIT 1");
                Await.pass(Duration.ofMillis(random.nextInt(5, 60)));
            }
        }
    }
}
