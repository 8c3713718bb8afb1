package io.tidings.jdbc.torture;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.tidings.outbox.PollPlan;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

/**
 * Row 23: somebody keeps a transaction open whose snapshot sees every row that was ever there, so that no vacuum can clean
 * behind the queue while messages flow.
 */
class Row23OldSnapshotIT {
    private static final int NO_LIMIT = 100_000;
    private static final int AT_ONCE = 25;
    private static final Duration RECOVERS = Duration.ofSeconds(60);
    /** What is left of the pace before, at least, once the snapshot is gone. */
    private static final double LEFT = 0.7;

    @Test
    void an_old_snapshot_slows_the_queue_at_most_and_it_recovers() {
        int perSecond = Size.of(100, 500);
        Duration usual = Size.of(Duration.ofSeconds(2), Duration.ofSeconds(30));
        Duration held = Size.of(Duration.ofSeconds(5), Duration.ofMinutes(10));
        long seed = Size.seed();
        try (Board row = Board.row(
                        "23", "an old snapshot is held", seed, perSecond + "/s, held for " + held.toSeconds() + " s");
                Server server = Server.start();
                LocalTwilio twilio = LocalTwilio.start(seed);
                Node node = new Node(
                        server.pool(10),
                        new Host(twilio.url, twilio.account, twilio.token, NO_LIMIT),
                        builder -> builder.polls(PollPlan.besideCallbacks()));
                HikariDataSource rival = server.pool(1)) {
            Orders shop = new Orders(node.tidings);
            AtomicBoolean open = new AtomicBoolean(true);
            CompletableFuture<Void> selling = CompletableFuture.runAsync(() -> sell(shop, perSecond, open));
            Await.until(Duration.ofSeconds(60), () -> accepted(twilio) > perSecond);

            double before = pace(twilio, usual);
            double during = whileHeld(rival, () -> pace(twilio, held));
            long ended = System.nanoTime();
            boolean recovered = Await.until(RECOVERS, () -> pace(twilio, usual) >= LEFT * before);
            long recovery = (System.nanoTime() - ended) / 1_000_000;
            open.set(false);
            selling.join();
            boolean done = shop.areDone(Duration.ofSeconds(150));

            Orders.Verdict verdict = shop.verdict(twilio.truth());
            row.figure("%.0f/s before, %.0f/s while held, back within %d ms", before, during, recovery);
            row.figure("%s", verdict);
            assertThat(before).isPositive();
            assertThat(recovered).isTrue();
            assertThat(done).as("%s %s", node.tidings.counts(), verdict).isTrue();
            assertThat(verdict.holds()).as("%s", verdict).isTrue();
            assertThat(verdict.ends().delivered()).isEqualTo(verdict.sent());
            row.passed();
        }
    }

    private static void sell(Orders shop, int perSecond, AtomicBoolean open) {
        long began = System.nanoTime();
        for (long batch = 1; open.get(); batch++) {
            shop.sendAll(AT_ONCE, AT_ONCE);
            long due = began + batch * AT_ONCE * 1_000_000_000L / perSecond;
            Await.pass(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
        }
    }

    private static double whileHeld(HikariDataSource pool, DoubleSupplier work) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            statement.execute("SELECT count(*) FROM tidings_queue");
            double result = work.getAsDouble();
            connection.rollback();
            connection.setAutoCommit(true);
            return result;
        } catch (SQLException e) {
            throw new IllegalStateException("the snapshot could not be held", e);
        }
    }

    private static int accepted(LocalTwilio twilio) {
        return twilio.truth().accepted().size();
    }

    /** Accepted messages per second over the coming span. */
    private static double pace(LocalTwilio twilio, Duration span) {
        int before = accepted(twilio);
        long began = System.nanoTime();
        Await.pass(span);
        return (accepted(twilio) - before) * 1e9 / (System.nanoTime() - began);
    }
}
