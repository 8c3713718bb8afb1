package io.tidings.spring;

import io.tidings.message.TimeSource;
import io.tidings.outbox.Stores;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Stores in memory where there is no database, if that was asked for or nobody real is texted. */
@AutoConfiguration(after = TidingsJdbcAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "tidings.enabled", matchIfMissing = true)
@EnableConfigurationProperties(TidingsProperties.class)
public final class TidingsStoresAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Stores tidingsStores(TidingsProperties properties) {
        boolean mayForget = properties.provider() == TidingsProperties.Carrier.SANDBOX
                && properties.store() != TidingsProperties.Keeping.JDBC;
        if (properties.store() == TidingsProperties.Keeping.MEMORY || mayForget) {
            return Stores.inMemory(TimeSource.system());
        }
        throw new SetupProblem(
                "no-data-source",
                "There is no DataSource, so messages would be lost when the application stops.",
                "Add a starter with a database (spring-boot-starter-jdbc and a driver), or set tidings.store=memory"
                        + " to experiment without one.");
    }
}
