package io.tidings.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.Tidings;
import io.tidings.jdbc.ConnectionSource;
import io.tidings.message.MessageStatus;
import io.tidings.message.NotConfiguredException;
import io.tidings.outbox.Receipt;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.transaction.Status;
import jakarta.transaction.UserTransaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.orm.jpa.EntityManagerFactoryUtils;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.jta.JtaTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class HostTransactionsTest {
    private final ApplicationContextRunner runner = Contexts.withDatabase();

    private static Receipt send(ApplicationContext context) {
        return context.getBean(Tidings.class).sms("+12025550143", "Your car is ready.");
    }

    private static TransactionTemplate transaction(ApplicationContext context) {
        return new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
    }

    private static long stored(ApplicationContext context) {
        return context.getBean(Tidings.class).counts().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    @Test
    void what_is_sent_in_a_transaction_is_there_if_and_only_if_it_commits() {
        runner.run(context -> {
            transaction(context).execute(status -> {
                send(context);
                status.setRollbackOnly();
                return null;
            });
            assertThat(stored(context)).isZero();

            transaction(context).execute(status -> send(context));
            assertThat(stored(context)).isEqualTo(1);
        });
    }

    @Test
    void a_transaction_of_its_own_inside_another_keeps_what_the_outer_one_loses() {
        runner.run(context -> {
            TransactionTemplate own = transaction(context);
            own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
            transaction(context).execute(outer -> {
                context.getBean(Tidings.class).sms("+12025550144", "Lost.");
                own.execute(inner -> send(context));
                outer.setRollbackOnly();
                return null;
            });

            assertThat(stored(context)).isEqualTo(1);
        });
    }

    @Test
    void a_mistake_leaves_what_the_host_did_before_in_its_transaction() {
        runner.withConfiguration(AutoConfigurations.of(JdbcTemplateAutoConfiguration.class))
                .run(context -> {
                    JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
                    jdbc.execute("CREATE TABLE orders (id INT)");
                    transaction(context).execute(status -> {
                        jdbc.update("INSERT INTO orders VALUES (1)");
                        assertThatThrownBy(() -> context.getBean(Tidings.class).sms("no number", "Hello."))
                                .isInstanceOf(RuntimeException.class);
                        return send(context);
                    });

                    assertThat(jdbc.queryForObject("SELECT COUNT(*) FROM orders", Integer.class))
                            .isEqualTo(1);
                    assertThat(stored(context)).isEqualTo(1);
                });
    }

    /** JOOQ's own newest version needs Java 21, so this is how Boot gives it connections. */
    @Test
    void transactions_of_jooq_are_joined_through_the_proxy_that_boot_gives_it() {
        runner.run(context -> {
            JdbcTemplate jooq =
                    new JdbcTemplate(new TransactionAwareDataSourceProxy(context.getBean(DataSource.class)));
            jooq.execute("CREATE TABLE orders (id INT)");
            transaction(context).execute(status -> {
                jooq.update("INSERT INTO orders VALUES (1)");
                send(context);
                status.setRollbackOnly();
                return null;
            });

            assertThat(stored(context)).isZero();
            assertThat(jooq.queryForObject("SELECT COUNT(*) FROM orders", Integer.class))
                    .isZero();
        });
    }

    @Test
    void a_pool_behind_a_proxy_is_the_one_that_spring_binds() {
        DataSource pool = h2();
        runner.withBean("proxied", DataSource.class, () -> new TransactionAwareDataSourceProxy(pool))
                .run(context -> {
                    assertThat(context.getBean(HostDatabase.class).pool()).isSameAs(pool);
                    transaction(context).execute(status -> {
                        send(context);
                        status.setRollbackOnly();
                        return null;
                    });
                    assertThat(stored(context)).isZero();
                });
    }

    @Test
    void transactions_of_jpa_are_joined() {
        runner.withConfiguration(AutoConfigurations.of(HibernateJpaAutoConfiguration.class))
                .withUserConfiguration(Entities.class)
                .run(context -> {
                    assertThat(context).hasSingleBean(JpaTransactionManager.class);
                    EntityManagerFactory entities = context.getBean(EntityManagerFactory.class);
                    transaction(context).execute(status -> {
                        EntityManager manager = EntityManagerFactoryUtils.getTransactionalEntityManager(entities);
                        manager.createNativeQuery("CREATE TABLE IF NOT EXISTS orders (id INT)")
                                .executeUpdate();
                        return null;
                    });
                    transaction(context).execute(status -> {
                        EntityManager manager = EntityManagerFactoryUtils.getTransactionalEntityManager(entities);
                        manager.createNativeQuery("INSERT INTO orders VALUES (1)")
                                .executeUpdate();
                        send(context);
                        status.setRollbackOnly();
                        return null;
                    });
                    assertThat(stored(context)).isZero();

                    transaction(context).execute(status -> send(context));
                    assertThat(stored(context)).isEqualTo(1);
                });
    }

    @Test
    void the_worker_is_told_when_the_transaction_has_committed_and_not_before() {
        runner.run(context -> {
            SpringConnections connections = new SpringConnections(context.getBean(HostDatabase.class), false);
            AtomicInteger told = new AtomicInteger();
            transaction(context).execute(status -> {
                connections.afterCommit(null, told::incrementAndGet);
                connections.afterCommit(null, told::incrementAndGet);
                assertThat(told).hasValue(0);
                return null;
            });
            assertThat(told).hasValue(2);

            transaction(context).execute(status -> {
                connections.afterCommit(null, told::incrementAndGet);
                status.setRollbackOnly();
                return null;
            });
            assertThat(told).hasValue(2);
        });
    }

    @Test
    void several_data_sources_without_a_primary_one_are_listed() {
        runner.withBean("orders", DataSource.class, HostTransactionsTest::h2)
                .withBean("archive", DataSource.class, HostTransactionsTest::h2)
                .run(Contexts.fails(
                        SetupProblem.Kind.SEVERAL_DATA_SOURCES,
                        problem -> assertThat(problem)
                                .hasMessageContaining("orders")
                                .hasMessageContaining("archive")));
    }

    @Test
    void the_marked_data_source_is_used_and_its_transactions_are_joined() {
        runner.withUserConfiguration(TwoDatabases.class).run(context -> {
            assertThat(context.getBean(HostDatabase.class).pool()).isSameAs(context.getBean("texts"));
            new TransactionTemplate(context.getBean("textsManager", PlatformTransactionManager.class))
                    .execute(status -> {
                        send(context);
                        status.setRollbackOnly();
                        return null;
                    });
            assertThat(stored(context)).isZero();
        });
    }

    @Test
    void a_transaction_of_another_database_does_not_hold_the_message() {
        runner.withUserConfiguration(TwoDatabases.class).run(context -> {
            new TransactionTemplate(context.getBean("ordersManager", PlatformTransactionManager.class))
                    .execute(status -> {
                        assertThat(send(context).status()).isEqualTo(MessageStatus.QUEUED);
                        status.setRollbackOnly();
                        return null;
                    });
            assertThat(stored(context)).isEqualTo(1);
        });
    }

    @Test
    void strictness_refuses_a_call_in_a_transaction_of_another_database() {
        runner.withUserConfiguration(TwoDatabases.class)
                .withPropertyValues("tidings.transaction.strict=true")
                .run(context -> {
                    TransactionTemplate orders =
                            new TransactionTemplate(context.getBean("ordersManager", PlatformTransactionManager.class));
                    assertThatThrownBy(() -> orders.execute(status -> send(context)))
                            .isInstanceOf(NotConfiguredException.class)
                            .hasMessageContaining("@TidingsDataSource");
                    assertThat(stored(context)).isZero();
                });
    }

    @Test
    void under_jta_a_connection_taken_in_a_transaction_is_never_committed_by_us() {
        runner.withBean(JtaTransactionManager.class, () -> new JtaTransactionManager(new OneTransaction()))
                .run(context -> {
                    HostDatabase host = context.getBean(HostDatabase.class);
                    SpringConnections connections = new SpringConnections(host, true);
                    transaction(context).execute(status -> {
                        assertThat(lent(connections).hosts()).isTrue();
                        return null;
                    });
                    try (Connection own = lent(connections).connection()) {
                        assertThat(own.getAutoCommit()).isTrue();
                    }
                });
    }

    private static ConnectionSource.Lent lent(SpringConnections connections) {
        try {
            return connections.lend();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** As little of a container's transactions as Spring asks for. */
    private static final class OneTransaction implements UserTransaction {
        private int status = Status.STATUS_NO_TRANSACTION;

        @Override
        public void begin() {
            status = Status.STATUS_ACTIVE;
        }

        @Override
        public void commit() {
            status = Status.STATUS_NO_TRANSACTION;
        }

        @Override
        public void rollback() {
            status = Status.STATUS_NO_TRANSACTION;
        }

        @Override
        public void setRollbackOnly() {
            status = Status.STATUS_MARKED_ROLLBACK;
        }

        @Override
        public int getStatus() {
            return status;
        }

        @Override
        public void setTransactionTimeout(int seconds) {}
    }

    @Test
    void a_marked_manager_of_another_database_is_refused() {
        runner.withUserConfiguration(WrongManager.class)
                .run(Contexts.fails(
                        SetupProblem.Kind.OTHER_TRANSACTION_MANAGER,
                        problem -> assertThat(problem.action()).contains("rollback")));
    }

    private static DataSource h2() {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(Contexts.freshUrl());
        return source;
    }

    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage
    static class Entities {}

    @Configuration(proxyBeanMethods = false)
    static class TwoDatabases {

        @Bean
        @Primary
        DataSource orders() {
            return h2();
        }

        @Bean
        @TidingsDataSource
        DataSource texts() {
            return h2();
        }

        @Bean
        @Primary
        PlatformTransactionManager ordersManager(DataSource orders) {
            return new JdbcTransactionManager(orders);
        }

        @Bean
        @TidingsTransactionManager
        PlatformTransactionManager textsManager(@TidingsDataSource DataSource texts) {
            return new JdbcTransactionManager(texts);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class WrongManager {

        @Bean
        @Primary
        DataSource orders() {
            return h2();
        }

        @Bean
        @TidingsDataSource
        DataSource texts() {
            return h2();
        }

        @Bean
        @TidingsTransactionManager
        PlatformTransactionManager manager(DataSource orders) {
            return new JdbcTransactionManager(orders);
        }
    }
}
