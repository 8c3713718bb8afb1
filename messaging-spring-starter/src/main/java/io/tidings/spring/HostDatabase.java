package io.tidings.spring;

import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Which of the host's databases messages are kept in, and whose transactions they join.
 *
 * <p>The transaction manager is looked at when all singletons are there: it may need beans that need us.
 */
final class HostDatabase implements SmartInitializingSingleton {
    private static final Logger log = LoggerFactory.getLogger(HostDatabase.class);

    private final DataSource pool;
    private final ObjectProvider<PlatformTransactionManager> marked;
    private final ObjectProvider<PlatformTransactionManager> all;
    private volatile boolean containers;

    HostDatabase(
            DataSource dataSource,
            ObjectProvider<PlatformTransactionManager> marked,
            ObjectProvider<PlatformTransactionManager> all) {
        this.pool = Pools.unwrapped(dataSource);
        this.marked = marked;
        this.all = all;
    }

    DataSource pool() {
        return pool;
    }

    /** Whether every connection taken inside a transaction is part of it, as in JTA. */
    boolean isInContainersTransactions() {
        return containers;
    }

    @Override
    public void afterSingletonsInstantiated() {
        PlatformTransactionManager chosen = marked.getIfAvailable();
        PlatformTransactionManager manager = chosen != null ? chosen : all.getIfUnique();
        if (manager == null) {
            return;
        }
        containers = Pools.isContainers(manager);
        DataSource other = Pools.of(manager);
        if (other == null || other == pool) {
            return;
        }
        if (chosen != null) {
            throw new SetupProblem(
                    SetupProblem.Kind.OTHER_TRANSACTION_MANAGER,
                    "The transaction manager marked with @TidingsTransactionManager ("
                            + manager.getClass().getSimpleName()
                            + ") is not that of the database that messages are kept in.",
                    "Mark the manager that was made with the @TidingsDataSource: otherwise a rollback would not take"
                            + " messages back.");
        }
        log.warn("the application's transaction manager is not that of the database with the messages, so they are not"
                + " part of its transactions; mark the right one with @TidingsTransactionManager");
    }
}
