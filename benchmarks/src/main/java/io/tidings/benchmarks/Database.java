package io.tidings.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** An empty database that exists for one round, and a pool of connections to it. */
public final class Database implements AutoCloseable {
    private static final int CONNECTIONS = 32;

    private final HikariDataSource pool;
    private final AtEnd atEnd;

    /** Removes the database. */
    @FunctionalInterface
    public interface AtEnd {
        /** Called once, when nobody is connected any more. */
        void remove() throws SQLException;
    }

    /** What is at this address; it is removed at the end by what is given. */
    public Database(String url, String user, AtEnd atEnd) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword("");
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(2);
        this.pool = new HikariDataSource(config);
        this.atEnd = atEnd;
    }

    /** The connections, 32 at most. */
    public DataSource pool() {
        return pool;
    }

    /** Each statement with a commit of its own. */
    public void execute(String... statements) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The one number that the query gives. */
    public long number(String query) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Override
    public void close() throws SQLException {
        pool.close();
        atEnd.remove();
    }
}
