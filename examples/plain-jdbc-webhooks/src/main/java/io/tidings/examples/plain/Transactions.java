package io.tidings.examples.plain;

import io.tidings.jdbc.HostConnections;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The garage's own transactions, which {@code send()} joins. */
final class Transactions {
    private final DataSource pool;
    private final HostConnections hosts;

    Transactions(DataSource pool, HostConnections hosts) {
        this.pool = pool;
        this.hosts = hosts;
    }

    /** Work in a transaction. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    // tag::transaction
    /** What the work stores and sends happens together or not at all. */
    <T> T run(Work<T> work) throws SQLException {
        T result;
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try {
                result = hosts.within(connection, () -> unchecked(work, connection));
                connection.commit();
            } catch (RuntimeException | SQLException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
        hosts.committed(); // only a hint: it leaves now and not with the next poll
        return result;
    }
    // end::transaction

    private static <T> T unchecked(Work<T> work, Connection connection) {
        try {
            return work.on(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("the garage's own statement failed", e);
        }
    }
}
