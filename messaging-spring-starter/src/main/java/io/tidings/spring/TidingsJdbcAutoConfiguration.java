package io.tidings.spring;

import io.tidings.jdbc.ColumnKeys;
import io.tidings.jdbc.JdbcStores;
import io.tidings.jdbc.SchemaMode;
import io.tidings.jdbc.SchemaState;
import io.tidings.message.NotConfiguredException;
import io.tidings.message.StoreUnavailableException;
import io.tidings.outbox.Stores;
import javax.sql.DataSource;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.PlatformTransactionManager;

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
@ConditionalOnMissingBean(value = Stores.class, type = "io.tidings.test.TestTidings")
@EnableConfigurationProperties({TidingsProperties.class, TidingsEncryptionProperties.class})
public final class TidingsJdbcAutoConfiguration {

    @Bean
    HostDatabase tidingsHostDatabase(
            @TidingsDataSource ObjectProvider<DataSource> marked,
            ObjectProvider<DataSource> all,
            @TidingsTransactionManager ObjectProvider<PlatformTransactionManager> markedManager,
            ObjectProvider<PlatformTransactionManager> managers,
            ListableBeanFactory beans) {
        DataSource chosen = marked.getIfAvailable();
        if (chosen == null) {
            chosen = all.getIfUnique();
        }
        if (chosen == null) {
            throw new SetupProblem(
                    SetupProblem.Kind.SEVERAL_DATA_SOURCES,
                    "There are several DataSources and none is primary: "
                            + String.join(", ", beans.getBeanNamesForType(DataSource.class)) + ".",
                    "Mark the one that messages are kept in with @TidingsDataSource, and its transaction manager with"
                            + " @TidingsTransactionManager.");
        }
        return new HostDatabase(chosen, markedManager, managers);
    }

    @Bean
    @ConditionalOnMissingBean
    JdbcStores tidingsJdbcStores(TidingsProperties properties, HostDatabase host) {
        TidingsProperties.Schema schema = properties.schema();
        JdbcStores stores = JdbcStores.on(
                        new SpringConnections(host, properties.transaction().strict()))
                .withSchemaMode(schema.mode())
                .withPrefix(schema.tablePrefix());
        return schema.name() == null ? stores : stores.withSchema(schema.name());
    }

    @Bean
    Stores tidingsStores(
            JdbcStores stores,
            TidingsProperties properties,
            TidingsEncryptionProperties encryption,
            ObjectProvider<ColumnKeys> keys) {
        ColumnKeys encryptedBy = new EncryptionKeys(encryption).orBean(keys.getIfAvailable());
        try {
            return (encryptedBy == null ? stores : stores.encryptedBy(encryptedBy)).open();
        } catch (NotConfiguredException e) {
            SchemaState state = stores.state();
            if (state.isReady()) {
                // The tables are there, so it is about their keys, and says itself what to do.
                throw e;
            }
            throw problem(e, state, properties.schema().mode());
        } catch (StoreUnavailableException e) {
            throw new SetupProblem(
                            SetupProblem.Kind.DATABASE_NOT_REACHED,
                            "The database that messages are kept in does not work now: " + e.getMessage() + ".",
                            "Check that it runs and that spring.datasource.url, username and password are right.")
                    .because(e);
        }
    }

    private static SetupProblem problem(NotConfiguredException e, SchemaState state, SchemaMode mode) {
        String tables = "The tables are at version " + state.version() + ", and this version needs " + state.needed()
                + ": " + e.getMessage() + ".";
        return mode == SchemaMode.VALIDATE
                ? new SetupProblem(
                        SetupProblem.Kind.SCHEMA_NOT_READY,
                        tables,
                        "Run the scripts named above, in their order, with your own migrations; or set"
                                + " tidings.schema.mode=migrate.")
                : new SetupProblem(
                        SetupProblem.Kind.SCHEMA_NOT_CREATED,
                        tables,
                        "Let a user with that right run the scripts io/tidings/jdbc/*/V*.sql of messaging-jdbc, and"
                                + " set tidings.schema.mode=validate.");
    }
}
