package io.tidings.spring;

import io.tidings.jdbc.JdbcStores;
import io.tidings.jdbc.PostgresHints;
import io.tidings.outbox.Hints;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.util.ClassUtils;

/** Nodes tell each other what they took in, over the host's PostgreSQL, if that is switched on. */
@AutoConfiguration(after = TidingsJdbcAutoConfiguration.class, before = TidingsAutoConfiguration.class)
@ConditionalOnBooleanProperty("tidings.hints")
@ConditionalOnBean({HostDatabase.class, JdbcStores.class})
public final class TidingsHintsAutoConfiguration {
    private static final String DATABASE = "PostgreSQL";
    private static final String DRIVER = "org.postgresql.PGConnection";

    /** Closed with the system that listens on it. */
    @Bean(destroyMethod = "")
    @ConditionalOnMissingBean
    Hints tidingsHints(HostDatabase host, JdbcStores stores) {
        String database = stores.state().database();
        if (!database.startsWith(DATABASE) || !ClassUtils.isPresent(DRIVER, null)) {
            throw new InvalidConfigurationPropertyValueException(
                    "tidings.hints",
                    true,
                    "nodes tell each other over PostgreSQL and with its driver alone, and this is " + database
                            + "; leave it out: nodes find what others took in with their next poll");
        }
        return PostgresHints.on(host.pool(), new PostgresNotifications());
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    TidingsCustomizer tidingsHintsOfNodes(Hints hints) {
        return builder -> builder.hints(hints);
    }
}
