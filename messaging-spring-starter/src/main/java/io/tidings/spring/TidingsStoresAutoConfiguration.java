package io.tidings.spring;

import io.tidings.message.TimeSource;
import io.tidings.outbox.Stores;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.util.ClassUtils;

/** Stores in memory where there is no database, if that was asked for or nobody real is texted. */
@AutoConfiguration(after = TidingsJdbcAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "tidings.enabled", matchIfMissing = true)
@ConditionalOnMissingBean(type = "io.tidings.test.TestTidings")
@EnableConfigurationProperties(TidingsProperties.class)
public final class TidingsStoresAutoConfiguration {
    private static final String SPRING_JDBC = "org.springframework.jdbc.datasource.DataSourceUtils";

    @Bean
    @ConditionalOnMissingBean
    Stores tidingsStores(TidingsProperties properties, ConfigurableListableBeanFactory beans) {
        boolean mayForget = properties.provider() == TidingsProperties.Carrier.SANDBOX
                && properties.store() != TidingsProperties.Keeping.JDBC;
        if (properties.store() == TidingsProperties.Keeping.MEMORY || mayForget) {
            return Stores.inMemory(TimeSource.system());
        }
        boolean needsSpring = !ClassUtils.isPresent(SPRING_JDBC, beans.getBeanClassLoader());
        throw needsSpring ? noLibrary() : noDataSource();
    }

    static SetupProblem noDataSource() {
        return new SetupProblem(
                SetupProblem.Kind.NO_DATA_SOURCE,
                "There is no DataSource, so messages would be lost when the application stops.",
                "Add a starter with a database (spring-boot-starter-jdbc and a driver), or set tidings.store=memory"
                        + " to experiment without one.");
    }

    private static SetupProblem noLibrary() {
        return new SetupProblem(
                SetupProblem.Kind.MISSING_LIBRARY,
                "Messages are to be kept in a database, but spring-jdbc, which joins its transactions, is not on the"
                        + " class path.",
                "Add spring-boot-starter-jdbc (or -data-jpa, or -jooq), or set tidings.store=memory to experiment"
                        + " without a database.");
    }
}
