package io.tidings.jdbc.torture;

import com.zaxxer.hikari.HikariDataSource;
import io.tidings.Tidings;
import io.tidings.TidingsBuilder;
import io.tidings.jdbc.JdbcStores;
import io.tidings.webhook.LocalWebhooks;
import java.util.function.UnaryOperator;

/** A node in this process, with its callbacks: what the database does to it is the same as to any other. */
final class Node implements AutoCloseable {
    final Tidings tidings;
    private final LocalWebhooks webhooks = LocalWebhooks.on(0);
    private final HikariDataSource pool;

    /** Takes over the pool. */
    Node(HikariDataSource pool, LocalTwilio twilio, UnaryOperator<TidingsBuilder> more) {
        this(pool, Host.of(twilio), more);
    }

    /** Takes over the pool. */
    Node(HikariDataSource pool, Host host, UnaryOperator<TidingsBuilder> more) {
        this.pool = pool;
        TidingsBuilder builder = host.on(JdbcStores.on(pool).open(), host.provider(), webhooks.url());
        tidings = more.apply(Host.scaled(builder)).start();
        webhooks.answer(tidings.webhooks());
    }

    static Node on(HikariDataSource pool, LocalTwilio twilio) {
        return new Node(pool, twilio, builder -> builder);
    }

    @Override
    public void close() {
        tidings.close();
        webhooks.close();
        pool.close();
    }
}
