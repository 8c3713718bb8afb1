package io.tidings.spring;

import io.tidings.jdbc.ConnectionSource;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Connections of a pool, and those of Spring's transactions on it: JDBC's, jOOQ's and JPA's alike. */
final class SpringConnections implements ConnectionSource {
    private final DataSource pool;

    SpringConnections(DataSource pool) {
        this.pool = pool;
    }

    @Override
    public Lent lend() throws SQLException {
        if (!TransactionSynchronizationManager.isActualTransactionActive()
                || !TransactionSynchronizationManager.hasResource(pool)) {
            return new Lent(pool.getConnection(), false);
        }
        Connection connection = DataSourceUtils.doGetConnection(pool);
        // Spring's transaction keeps it open; a count of ours would only be one that nobody takes back.
        DataSourceUtils.doReleaseConnection(connection, pool);
        return new Lent(connection, true);
    }

    @Override
    public void afterCommit(Connection connection, Runnable hint) {
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    hint.run();
                }
            });
        }
    }
}
