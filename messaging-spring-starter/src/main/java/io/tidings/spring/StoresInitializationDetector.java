package io.tidings.spring;

import io.tidings.outbox.Stores;
import java.util.Set;
import org.springframework.boot.sql.init.dependency.AbstractBeansOfTypeDependsOnDatabaseInitializationDetector;

/** Our tables are made after the host's own: an empty schema is what Flyway and Liquibase expect to find. */
final class StoresInitializationDetector extends AbstractBeansOfTypeDependsOnDatabaseInitializationDetector {

    @Override
    protected Set<Class<?>> getDependsOnDatabaseInitializationBeanTypes() {
        return Set.of(Stores.class);
    }
}
