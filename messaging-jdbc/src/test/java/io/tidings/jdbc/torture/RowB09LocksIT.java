package io.tidings.jdbc.torture;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * B-9: somebody else locks our tables or rows, and the pool's {@code lock_timeout} and {@code
 * idle_in_transaction_session_timeout} are short, so that any statement may fail at any time.
 */
class RowB09LocksIT {
    private static final String TIMEOUTS =
            "&options=-c%20lock_timeout=150%20-c%20idle_in_transaction_session_timeout=2000";
    private static final List<String> LOCKS = List.of(
            "LOCK TABLE tidings_queue IN EXCLUSIVE MODE",
            "LOCK TABLE tidings_attempt IN SHARE MODE",
            "LOCK TABLE tidings_message IN ACCESS EXCLUSIVE MODE",
            "SELECT * FROM tidings_sender FOR UPDATE",
            "SELECT * FROM tidings_queue ORDER BY id LIMIT 20 FOR UPDATE");

    @Test
    void locks_of_others_and_short_timeouts_delay_messages_and_do_nothing_else() {
        int locks = Size.of(15, 300);
        long seed = Size.seed();
        Random random = new Random(seed);
        try (Board row =
                        Board.row("B-9", "locks of others, lock_timeout 150 ms", seed, locks + " locks of 0.1 to 1 s");
                Server server = Server.start();
                LocalTwilio twilio = LocalTwilio.start(seed);
                Node one = Node.on(Server.pool(server.url(server.port(), TIMEOUTS), 6), twilio);
                Node other = Node.on(Server.pool(server.url(server.port(), TIMEOUTS), 6), twilio);
                HikariDataSource rival = server.pool(1)) {
            Orders shop = new Orders(one.tidings);
            CompletableFuture<Void> rivalry = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < locks; i++) {
                    hold(rival, LOCKS.get(i % LOCKS.size()), Duration.ofMillis(random.nextInt(100, 1_000)));
                    Await.pass(Duration.ofMillis(random.nextInt(50, 400)));
                }
            });
            while (!rivalry.isDone()) {
                shop.send(1, Duration.ofMillis(10));
            }
            boolean done = shop.areDone(Duration.ofSeconds(150));

            Orders.Verdict verdict = shop.verdict(twilio.truth());
            row.figure("%d calls of send() repeated, %s", shop.repeated(), verdict);
            assertThat(rivalry).isCompleted();
            assertThat(shop.repeated()).as("calls that met a lock").isPositive();
            assertThat(done).as("%s %s", other.tidings.counts(), verdict).isTrue();
            assertThat(verdict.holds()).as("%s", verdict).isTrue();
            row.passed();
        }
    }

    private static void hold(HikariDataSource pool, String lock, Duration time) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(lock);
            Await.pass(time);
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            throw new IllegalStateException(lock, e);
        }
    }
}
