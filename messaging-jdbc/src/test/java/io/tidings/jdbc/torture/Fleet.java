package io.tidings.jdbc.torture;

import com.zaxxer.hikari.HikariDataSource;
import io.tidings.Tidings;
import io.tidings.jdbc.JdbcStores;
import io.tidings.sandbox.SandboxLog;
import io.tidings.webhook.LocalWebhooks;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Nodes in processes of their own on one database, and a host in this one that sends and hears the callbacks, but
 * dispatches nothing.
 */
final class Fleet implements AutoCloseable {
    private final Server server = Server.start();
    private final LocalTwilio twilio;
    private final LocalWebhooks webhooks = LocalWebhooks.on(0);
    private final HikariDataSource pool = server.pool(6);
    private final List<Jvm> nodes = new ArrayList<>();
    private final Random random;
    private final int perSecond;
    final Tidings tidings;
    final Orders shop;

    Fleet(long seed) {
        this(seed, Host.FAST);
    }

    /** With so many segments per second of each sender, and more options of the sandbox. */
    Fleet(long seed, int perSecond, String... sandbox) {
        this.random = new Random(seed);
        this.perSecond = perSecond;
        this.twilio = LocalTwilio.start(seed, sandbox);
        Host host = Host.of(twilio);
        this.tidings = Host.scaled(host.on(JdbcStores.on(pool).open(), host.provider(), webhooks.url()))
                .build();
        webhooks.answer(tidings.webhooks());
        this.shop = new Orders(tidings);
    }

    /** Starts a node and waits until it is ready. */
    Jvm start() {
        return start(1).get(0);
    }

    /** Starts so many side by side, and waits until they are ready. */
    List<Jvm> start(int count) {
        return start(Collections.nCopies(count, Duration.ZERO));
    }

    /** Starts one for each of these times between jumps of its clock, side by side, and waits until they are ready. */
    List<Jvm> start(List<Duration> jumps) {
        List<Jvm> begun = jumps.stream().map(this::begin).toList();
        begun.forEach(Jvm::line);
        return begun;
    }

    private Jvm begin(Duration jumps) {
        Jvm node = Jvm.start(
                NodeMain.class.getName(),
                List.of(
                        server.url(),
                        twilio.url,
                        twilio.account,
                        twilio.token,
                        webhooks.url().toString(),
                        Long.toString(jumps.toMillis()),
                        Integer.toString(random.nextInt(1_000_000)),
                        Integer.toString(perSecond)));
        nodes.add(node);
        return node;
    }

    Jvm any() {
        return nodes.get(random.nextInt(nodes.size()));
    }

    int random(int from, int until) {
        return random.nextInt(from, until);
    }

    /** {@code kill -9}; returns how many messages were in the air then. */
    int kill(Jvm node) {
        node.signal("KILL");
        nodes.remove(node);
        return sending();
    }

    /** SIGTERM; returns after how long it had ended. */
    Duration stop(Jvm node) throws InterruptedException {
        long began = System.nanoTime();
        nodes.remove(node);
        node.signal("TERM");
        if (!node.process().waitFor(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the node does not end");
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private int sending() {
        String sql = "SELECT COUNT(*) FROM tidings_queue WHERE state = 1";
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery(sql)) {
            count.next();
            return count.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    SandboxLog truth() {
        return twilio.truth();
    }

    @Override
    public void close() {
        nodes.forEach(Jvm::close);
        tidings.close();
        webhooks.close();
        pool.close();
        twilio.close();
        server.close();
    }
}
