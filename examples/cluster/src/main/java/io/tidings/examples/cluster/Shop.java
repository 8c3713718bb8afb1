package io.tidings.examples.cluster;

import com.zaxxer.hikari.HikariDataSource;
import io.tidings.Tidings;
import io.tidings.jdbc.HostConnections;
import io.tidings.jdbc.JdbcStores;
import io.tidings.message.Category;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Sender;
import io.tidings.webhook.LocalWebhooks;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The host's application: takes orders, and texts each customer in the transaction that stores the order. It answers the
 * callbacks, and dispatches nothing itself.
 */
final class Shop implements AutoCloseable {
    /** One order in ten is rolled back: its text must never leave. */
    private static final int ROLLED_BACK = 10;

    private final Place place;
    private final HikariDataSource pool;
    private final HostConnections hosts;
    private final LocalWebhooks webhooks;
    private final Tidings tidings;
    private final Random random;
    private final Map<String, MessageId> sent = new LinkedHashMap<>();
    private int rolledBack;

    Shop(Place place, LocalWebhooks webhooks, long seed) {
        this.place = place;
        this.pool = place.pool(8);
        this.hosts = new HostConnections(pool);
        this.webhooks = webhooks;
        this.random = new Random(seed);
        this.tidings = place.tidings(JdbcStores.on(hosts).open()).build();
        webhooks.answer(tidings.webhooks());
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS orders (token VARCHAR(20) PRIMARY KEY)");
        } catch (SQLException e) {
            throw new IllegalStateException("the shop has no database", e);
        }
    }

    /** Takes orders at this pace, at least so many, until nobody wants more. */
    void open(int least, int perSecond, BooleanSupplier more) {
        long pause = 1_000_000_000L / perSecond;
        long next = System.nanoTime();
        for (int number = 1; number <= least || more.getAsBoolean(); number++) {
            order("T%07d".formatted(number), number);
            next += pause;
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

    private void order(String token, int number) {
        OutboundMessage message = OutboundMessage.to(new PhoneNumber("+1202555%04d".formatted(number % 10_000)))
                .from(new Sender.ShortCode(
                        place.codes().get(number % place.codes().size())))
                .category(number % 4 == 0 ? Category.ALERT : Category.TRANSACTIONAL)
                .text("Order " + token + " is ready.")
                .build();
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            insert(connection, token);
            MessageId id = hosts.within(connection, () -> tidings.send(message)).id();
            if (random.nextInt(ROLLED_BACK) == 0) {
                connection.rollback();
                rolledBack++;
            } else {
                connection.commit();
                hosts.committed();
                sent.put(token, id);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("an order could not be stored", e);
        }
    }

    private static void insert(Connection connection, String token) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO orders (token) VALUES (?)")) {
            insert.setString(1, token);
            insert.executeUpdate();
        }
    }

    /** Waits until every message has ended, or until nothing has moved for so long. */
    void waitForTheEnds(Duration most) {
        Map<MessageStatus, Long> before = Map.of();
        long end = System.nanoTime() + most.toNanos();
        while (System.nanoTime() - end < 0) {
            Map<MessageStatus, Long> now = tidings.counts();
            if (now.entrySet().stream().allMatch(count -> count.getKey().isTerminal() || count.getValue() == 0)) {
                return;
            }
            if (!now.equals(before)) {
                before = now;
                end = System.nanoTime() + most.toNanos();
            }
            LockSupport.parkNanos(100_000_000);
        }
    }

    Tidings tidings() {
        return tidings;
    }

    /** The committed orders and their messages. */
    Map<String, MessageId> sent() {
        return Map.copyOf(sent);
    }

    int rolledBack() {
        return rolledBack;
    }

    @Override
    public void close() {
        webhooks.close();
        tidings.close();
        pool.close();
    }
}
