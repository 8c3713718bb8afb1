package io.tidings.jdbc.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.jdbc.torture.Cutter.Way;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * Row 8: the network between a node and the database carries nothing, in one direction or both, longer or shorter than
 * the lease, while another node reaches it. The pool has a {@code socketTimeout}, without which a driver waits for ever.
 */
class Row08PartitionIT {
    private static final String TIMEOUTS = "&prepareThreshold=0&socketTimeout=3&cancelSignalTimeout=2";

    @Test
    void a_node_that_is_cut_off_sends_nothing_that_another_one_has_taken_over() {
        int cuts = Size.of(4, 100);
        long seed = Size.seed();
        Random random = new Random(seed);
        try (Board row = Board.row("8", "cut off from the database", seed, cuts + " cuts");
                Server server = Server.start();
                LocalTwilio twilio = LocalTwilio.start(seed);
                Cutter wire = new Cutter(server.port(), seed);
                Node cutOff = Node.on(Server.pool(server.url(wire.port(), TIMEOUTS), 8), twilio);
                Node other = Node.on(server.pool(6), twilio)) {
            Orders shop = new Orders(other.tidings);
            CompletableFuture<Void> fate = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < cuts; i++) {
                    cut(wire, i, random);
                }
            });
            while (!fate.isDone()) {
                shop.send(1, Duration.ofMillis(10));
            }
            boolean done = shop.areDone(Duration.ofSeconds(150));

            Orders.Verdict verdict = shop.verdict(twilio.truth());
            row.figure("%s", verdict);
            assertThat(fate).isCompleted();
            assertThat(done).as("%s %s", other.tidings.counts(), verdict).isTrue();
            assertThat(verdict.holds()).as("%s", verdict).isTrue();
            assertThat(cutOff.tidings.counts()).isEqualTo(other.tidings.counts());
            row.passed();
        }
    }

    /** The first is longer than the lease; one in four also breaks the connections. */
    private static void cut(Cutter wire, int which, Random random) {
        boolean up = which == 0 || random.nextInt(3) > 0;
        boolean down = which == 0 || !up || random.nextBoolean();
        wire.silence(Way.TO_DATABASE, up);
        wire.silence(Way.FROM_DATABASE, down);
        Await.pass(which == 0 ? Host.LEASE.plusSeconds(2) : Duration.ofMillis(random.nextInt(500, 5_000)));
        if (which % 4 == 3) {
            wire.breakAll();
        }
        wire.silence(Way.TO_DATABASE, false);
        wire.silence(Way.FROM_DATABASE, false);
        Await.pass(Duration.ofMillis(random.nextInt(300, 1_500)));
    }
}
