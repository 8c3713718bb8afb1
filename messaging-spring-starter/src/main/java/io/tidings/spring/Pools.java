package io.tidings.spring;

import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.jta.JtaTransactionManager;
import org.springframework.util.ClassUtils;

/** Which pool is behind what; Spring binds connections to the innermost one. */
final class Pools {
    private static final ClassLoader LOADER = Pools.class.getClassLoader();

    private Pools() {}

    static DataSource unwrapped(DataSource pool) {
        DataSource inner = pool instanceof TransactionAwareDataSourceProxy proxy ? proxy.getTargetDataSource() : null;
        return inner == null ? pool : unwrapped(inner);
    }

    /** The pool of a transaction manager, if it has one and tells. */
    static @Nullable DataSource of(PlatformTransactionManager manager) {
        DataSource pool = null;
        if (manager instanceof DataSourceTransactionManager jdbc) {
            pool = jdbc.getDataSource();
        } else if (isPresent("org.springframework.orm.jpa.JpaTransactionManager")) {
            pool = Jpa.pool(manager);
        }
        return pool == null ? null : unwrapped(pool);
    }

    /** Whether transactions are those of JTA. */
    static boolean isContainers(PlatformTransactionManager manager) {
        return isPresent("jakarta.transaction.UserTransaction") && Jta.is(manager);
    }

    private static boolean isPresent(String name) {
        return ClassUtils.isPresent(name, LOADER);
    }

    /** Loaded only where JPA is. */
    private static final class Jpa {
        static @Nullable DataSource pool(PlatformTransactionManager manager) {
            return manager instanceof JpaTransactionManager jpa ? jpa.getDataSource() : null;
        }
    }

    /** Loaded only where JTA is. */
    private static final class Jta {
        static boolean is(PlatformTransactionManager manager) {
            return manager instanceof JtaTransactionManager;
        }
    }
}
