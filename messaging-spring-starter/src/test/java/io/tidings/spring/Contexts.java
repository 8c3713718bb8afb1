package io.tidings.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.core.NestedExceptionUtils;

/** Contexts that tests begin with. */
final class Contexts {
    private Contexts() {}

    /** Everything of ours, no database. */
    static ApplicationContextRunner plain() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        SandboxTransportAutoConfiguration.class,
                        TwilioTransportAutoConfiguration.class,
                        TidingsJdbcAutoConfiguration.class,
                        TidingsStoresAutoConfiguration.class,
                        TidingsAutoConfiguration.class));
    }

    /** The same over a sandbox, with an H2 database of its own and its transaction manager. */
    static ApplicationContextRunner withDatabase() {
        return plain().withConfiguration(AutoConfigurations.of(
                        DataSourceAutoConfiguration.class,
                        DataSourceTransactionManagerAutoConfiguration.class,
                        TransactionAutoConfiguration.class))
                .withPropertyValues("tidings.provider=sandbox", "spring.datasource.url=" + freshUrl());
    }

    static String freshUrl() {
        return "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    }

    /** The start fails for this reason, and what the problem says is looked at. */
    static ContextConsumer<AssertableApplicationContext> fails(SetupProblem.Kind kind, Consumer<SetupProblem> looks) {
        return context -> assertThat(NestedExceptionUtils.getMostSpecificCause(context.getStartupFailure()))
                .isInstanceOfSatisfying(SetupProblem.class, problem -> {
                    assertThat(problem.kind()).isEqualTo(kind);
                    looks.accept(problem);
                });
    }
}
