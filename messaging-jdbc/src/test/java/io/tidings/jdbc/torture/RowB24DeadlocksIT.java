package io.tidings.jdbc.torture;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.tidings.Tidings;
import io.tidings.jdbc.HostConnections;
import io.tidings.jdbc.JdbcStores;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.message.StoreUnavailableException;
import io.tidings.outbox.Explanation;
import io.tidings.outbox.Messages.Cancellation;
import io.tidings.webhook.LocalWebhooks;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * B-24: eight threads of the host cancel the same messages in transactions of their own, half of them in the opposite order, so
 * that the database ends deadlocks all the time, while two nodes send what comes due.
 */
class RowB24DeadlocksIT {
    private static final String SOON = "&options=-c%20deadlock_timeout=50ms";
    private static final int THREADS = 8;
    private static final int MESSAGES = 16;
    private static final int CANCELLED = 6;
    private static final Duration DUE = Duration.ofMillis(600);
    private static final Comparator<MessageId> UP = Comparator.naturalOrder();

    private final Set<MessageId> cancelled = ConcurrentHashMap.newKeySet();
    private final AtomicInteger deadlocks = new AtomicInteger();

    @Test
    void deadlocks_cost_a_transaction_and_leave_nothing_stuck() throws Exception {
        Duration time = Size.of(Duration.ofSeconds(5), Duration.ofSeconds(60));
        long seed = Size.seed();
        try (Board row = Board.row("B-24", "8 threads in opposite order", seed, "for " + time.toSeconds() + " s");
                Server server = Server.start();
                LocalTwilio twilio = LocalTwilio.start(seed);
                LocalWebhooks webhooks = LocalWebhooks.on(0);
                HikariDataSource pool = Server.pool(server.url(server.port(), SOON), 16);
                Node other = Node.on(server.pool(6), twilio)) {
            HostConnections hosts = new HostConnections(pool);
            Host host = Host.of(twilio);
            try (Tidings tidings = Host.scaled(host.on(JdbcStores.on(hosts).open(), host.provider(), webhooks.url()))
                    .start()) {
                webhooks.answer(tidings.webhooks());
                Orders shop = new Orders(tidings);
                List<MessageId> all = new ArrayList<>();
                Random random = new Random(seed);
                long began = System.nanoTime();
                while (System.nanoTime() - began < time.toNanos()) {
                    all.addAll(round(shop, tidings, pool, hosts, random));
                }
                boolean done = shop.areDone(Duration.ofMinutes(2));

                End ends = ends(all, tidings, Orders.copies(twilio.truth()));
                row.figure("%d deadlocks, %d of %d cancelled, %s", deadlocks.get(), cancelled.size(), all.size(), ends);
                assertThat(deadlocks).as("transactions that met a deadlock").hasPositiveValue();
                assertThat(done)
                        .as("%s %s", tidings.counts(), other.tidings.counts())
                        .isTrue();
                assertThat(ends.holds()).as("%s", ends).isTrue();
                assertThat(ends.delivered()).isEqualTo(all.size() - cancelled.size());
                row.passed();
            }
        }
    }

    /** Of those that were not cancelled; the others were never sent. */
    private End ends(List<MessageId> all, Tidings tidings, Map<String, Integer> copies) {
        End ends = End.NONE;
        for (MessageId id : all) {
            Explanation story = tidings.explain(id).orElseThrow();
            int times = copies.getOrDefault(
                    String.valueOf(story.message().stored().message().key()), 0);
            if (cancelled.contains(id)) {
                assertThat(story.message().status()).isEqualTo(MessageStatus.CANCELED);
                assertThat(times).isZero();
            } else {
                ends = ends.plus(End.of(story, times));
            }
        }
        return ends;
    }

    private List<MessageId> round(
            Orders shop, Tidings tidings, HikariDataSource pool, HostConnections hosts, Random random)
            throws Exception {
        List<MessageId> ids = new ArrayList<>();
        for (int i = 0; i < MESSAGES; i++) {
            ids.add(shop.send(shop.order().at(Instant.now().plus(DUE)).build()));
        }
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Future<?>> running = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            List<MessageId> mine = new ArrayList<>(ids);
            Collections.shuffle(mine, random);
            mine = new ArrayList<>(mine.subList(0, CANCELLED));
            mine.sort(thread % 2 == 0 ? UP : UP.reversed());
            List<MessageId> inOrder = List.copyOf(mine);
            running.add(threads.submit(() -> cancel(inOrder, tidings, pool, hosts)));
        }
        for (Future<?> each : running) {
            each.get();
        }
        threads.shutdown();
        return ids;
    }

    /** In one transaction of the host, and once more if the database ended it. */
    private void cancel(List<MessageId> ids, Tidings tidings, HikariDataSource pool, HostConnections hosts) {
        for (int time = 0; time < 2; time++) {
            try (Connection connection = pool.getConnection()) {
                connection.setAutoCommit(false);
                try {
                    Set<MessageId> mine = hosts.within(connection, () -> cancelled(ids, tidings));
                    connection.commit();
                    cancelled.addAll(mine);
                    return;
                } catch (StoreUnavailableException e) {
                    connection.rollback();
                    assertThat(e).hasMessageContaining("40P01");
                    deadlocks.incrementAndGet();
                } finally {
                    connection.setAutoCommit(true);
                }
            } catch (SQLException e) {
                throw new IllegalStateException("the host's own part failed", e);
            }
        }
    }

    private static Set<MessageId> cancelled(List<MessageId> ids, Tidings tidings) {
        Set<MessageId> mine = ConcurrentHashMap.newKeySet();
        for (MessageId id : ids) {
            if (tidings.cancel(id) == Cancellation.CANCELED) {
                mine.add(id);
            }
            Await.pass(Duration.ofMillis(2));
        }
        return mine;
    }
}
