package io.tidings.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** Real databases for tests: each is started once for the JVM, each test gets a schema or a database of its own. */
final class Databases {
    private static final AtomicInteger MADE = new AtomicInteger();
    private static final int KEPT_IN_MEMORY = 40;
    /** Oldest first; guarded by the class. */
    private static final Deque<HikariDataSource> IN_MEMORY = new ArrayDeque<>();

    private Databases() {}

    /** A new, empty database in this process's memory. Of many the oldest ends, or a thousand tests would fill the heap. */
    static synchronized DataSource h2() {
        HikariDataSource made = pool(
                "jdbc:h2:mem:tidings" + MADE.incrementAndGet() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000", "sa", "");
        IN_MEMORY.addLast(made);
        if (IN_MEMORY.size() > KEPT_IN_MEMORY) {
            end(IN_MEMORY.removeFirst());
        }
        return made;
    }

    /** Not over the pool, which its test may have closed. */
    private static void end(HikariDataSource pool) {
        try (Connection connection = DriverManager.getConnection(pool.getJdbcUrl(), "sa", "");
                Statement statement = connection.createStatement()) {
            statement.execute("SET DB_CLOSE_DELAY 0");
        } catch (SQLException e) {
            throw new IllegalStateException("a database in memory could not be ended", e);
        }
        pool.close();
    }

    /** The one PostgreSQL server, with {@code fsync} off. */
    static DataSource postgres() {
        return Postgres.POOL;
    }

    static String postgresUrl() {
        return ((HikariDataSource) postgres()).getJdbcUrl();
    }

    /** A new, empty schema on the one PostgreSQL server. */
    static String postgresSchema() {
        String schema = "t" + MADE.incrementAndGet();
        execute(postgres(), "CREATE SCHEMA " + schema);
        return schema;
    }

    /** A pool whose connections are in this schema. */
    static DataSource postgresIn(String schema) {
        return pool(postgresUrl(schema), "postgres", "");
    }

    static String postgresUrl(String schema) {
        return Postgres.POOL.getJdbcUrl() + "&currentSchema=" + schema;
    }

    static void execute(DataSource database, String sql) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    static HikariDataSource pool(String url, String user, String password) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(16);
        config.setMinimumIdle(1);
        return new HikariDataSource(config);
    }

    private static final class Postgres {
        static final HikariDataSource POOL = start();

        private static HikariDataSource start() {
            try {
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .setServerConfig("max_connections", "200")
                        .start();
                return pool(server.getJdbcUrl("postgres", "postgres"), "postgres", "");
            } catch (IOException e) {
                throw new UncheckedIOException("PostgreSQL did not start", e);
            }
        }
    }
}
