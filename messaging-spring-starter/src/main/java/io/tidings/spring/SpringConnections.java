package io.tidings.spring;

import io.tidings.jdbc.ConnectionSource;
import io.tidings.message.NotConfiguredException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Connections of a pool, and those of Spring's transactions on it: JDBC's, jOOQ's and JPA's alike.
 *
 * <p>Inside a transaction that is not on this pool a call is not part of it: that is warned of once, or refused if strict.
 */
final class SpringConnections implements ConnectionSource {
    private static final Logger log = LoggerFactory.getLogger(SpringConnections.class);

    private final HostDatabase host;
    private final DataSource pool;
    private final boolean strict;
    private final AtomicBoolean warned = new AtomicBoolean();

    /** A call inside a transaction of another database fails, if strict. */
    SpringConnections(HostDatabase host, boolean strict) {
        this.host = host;
        this.pool = host.pool();
        this.strict = strict;
    }

    @Override
    public Lent lend() throws SQLException {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            return new Lent(pool.getConnection(), false);
        }
        if (host.isInContainersTransactions() || TransactionSynchronizationManager.hasResource(pool)) {
            Connection connection = DataSourceUtils.doGetConnection(pool);
            // Spring's transaction keeps it open; a count of ours would only be one that nobody takes back.
            DataSourceUtils.doReleaseConnection(connection, pool);
            return new Lent(connection, true);
        }
        foreign();
        return new Lent(pool.getConnection(), false);
    }

    private void foreign() {
        String what =
                "a call was made inside a transaction of another database, so it is not part of it: a rollback does"
                        + " not take it back. Mark the right DataSource with @TidingsDataSource, or make the call outside";
        if (strict) {
            throw new NotConfiguredException(what + " (tidings.transaction.strict is on)");
        }
        if (warned.compareAndSet(false, true)) {
            log.warn("{}; this is said once", what);
        }
    }

    @Override
    public void afterCommit(Connection connection, Runnable hint) {
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            Hints.ofThisTransaction().add(hint);
        }
    }

    /** What is to be said when a transaction has committed; said on the thread that committed it. */
    private static final class Hints implements TransactionSynchronization {
        private static final int MOST = 1_000;

        private final List<Runnable> hints = new ArrayList<>();

        static Hints ofThisTransaction() {
            for (TransactionSynchronization each : TransactionSynchronizationManager.getSynchronizations()) {
                if (each instanceof Hints hints) {
                    return hints;
                }
            }
            Hints fresh = new Hints();
            TransactionSynchronizationManager.registerSynchronization(fresh);
            return fresh;
        }

        void add(Runnable hint) {
            if (hints.size() < MOST) {
                hints.add(hint);
            }
        }

        @Override
        public void afterCommit() {
            hints.forEach(Runnable::run);
        }
    }
}
