package io.tidings.jdbc.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Row 9: the database has no room for a while. Nothing is sent that could not be recorded. */
class Row09DiskFullIT {
    private static final Duration FULL = Size.of(Duration.ofSeconds(4), Duration.ofSeconds(30));

    @Test
    void a_full_disk_stops_the_sending_and_loses_nothing() throws Exception {
        int orders = Size.of(300, 10_000);
        long seed = Size.seed();
        try (Board row = Board.row("9", "disk full", seed, "full for " + FULL.toSeconds() + " s");
                Server server = Server.start();
                LocalTwilio twilio = LocalTwilio.start(seed);
                Disk disk = Disk.of(server);
                Node node = Node.on(Server.pool(disk.url(), 6), twilio)) {
            Orders shop = new Orders(node.tidings);
            CompletableFuture<Void> selling = CompletableFuture.runAsync(() -> {
                while (shop.sentCount() < orders) {
                    shop.send(1, Duration.ofMillis(10));
                }
            });
            Await.until(Duration.ofSeconds(60), () -> shop.sentCount() >= 50);
            disk.fill();
            boolean refused = Await.until(Duration.ofSeconds(60), () -> shop.repeated() > 0);
            Await.pass(FULL);
            int before = shop.sentCount();
            long freed = System.nanoTime();
            disk.free();
            boolean resumed = Await.until(Duration.ofSeconds(30), () -> shop.sentCount() > before);
            long millis = (System.nanoTime() - freed) / 1_000_000;
            selling.join();
            boolean done = shop.areDone(Duration.ofSeconds(150));

            Orders.Verdict verdict = shop.verdict(twilio.truth());
            row.figure("%s, goes on after %d ms", disk.name(), millis);
            row.figure("%d calls of send() repeated, %s", shop.repeated(), verdict);
            assertThat(refused).as("send() says that there is no room").isTrue();
            assertThat(resumed).isTrue();
            assertThat(millis).isLessThan(10_000);
            assertThat(done).as("%s %s", node.tidings.counts(), verdict).isTrue();
            assertThat(verdict.holds()).as("%s", verdict).isTrue();
            row.passed();
        }
    }
}
