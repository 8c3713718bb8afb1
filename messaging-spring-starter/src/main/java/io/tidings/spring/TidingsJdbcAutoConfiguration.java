package io.tidings.spring;

import io.tidings.jdbc.JdbcStores;
import io.tidings.outbox.Stores;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.datasource.DataSourceUtils;

/** Stores in the host's database, which join its transactions. */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration",
            "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
            "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration",
            "org.springframework.boot.liquibase.autoconfigure.LiquibaseAutoConfiguration"
        })
@ConditionalOnBooleanProperty(name = "tidings.enabled", matchIfMissing = true)
@ConditionalOnClass({JdbcStores.class, DataSourceUtils.class})
@ConditionalOnBean(DataSource.class)
@ConditionalOnProperty(name = "tidings.store", havingValue = "jdbc", matchIfMissing = true)
@EnableConfigurationProperties(TidingsProperties.class)
public final class TidingsJdbcAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Stores tidingsStores(TidingsProperties properties, DataSource dataSource) {
        TidingsProperties.Schema schema = properties.schema();
        JdbcStores stores = JdbcStores.on(new SpringConnections(dataSource))
                .withSchemaMode(schema.mode())
                .withPrefix(schema.tablePrefix());
        return (schema.name() == null ? stores : stores.withSchema(schema.name())).open();
    }
}
