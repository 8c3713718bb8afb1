package io.tidings.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.tidings.Tidings;
import io.tidings.outbox.Hints;
import io.tidings.provider.ForwardingProvider;
import io.tidings.provider.Outcome;
import io.tidings.provider.Submission;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Nodes of an application tell each other over PostgreSQL what they took in. */
class HintsTest {
    private static EmbeddedPostgres server;

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    DataSourceAutoConfiguration.class,
                    SandboxTransportAutoConfiguration.class,
                    TidingsJdbcAutoConfiguration.class,
                    TidingsHintsAutoConfiguration.class,
                    TidingsStoresAutoConfiguration.class,
                    TidingsAutoConfiguration.class))
            .withPropertyValues("tidings.provider=sandbox", "tidings.hints=true");

    private ApplicationContextRunner onPostgres() {
        return runner.withPropertyValues(
                "spring.datasource.url=" + server.getJdbcUrl("postgres", "postgres"),
                "spring.datasource.username=postgres",
                "spring.datasource.type=" + HikariDataSource.class.getName());
    }

    @BeforeAll
    static void startPostgres() throws IOException {
        server = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
    }

    @AfterAll
    static void stopPostgres() throws IOException {
        server.close();
    }

    /** The worker's provider, which tells when it was handed something. */
    private static ProviderDecorator telling(Semaphore sent) {
        return provider -> new ForwardingProvider(provider) {
            @Override
            public Outcome send(Submission submission) {
                try {
                    return provider().send(submission);
                } finally {
                    sent.release();
                }
            }
        };
    }

    @Test
    void what_one_node_takes_in_leaves_another_long_before_its_next_poll() {
        Semaphore sent = new Semaphore(0);
        onPostgres()
                .withBean(ProviderDecorator.class, () -> telling(sent))
                .withPropertyValues("tidings.worker.poll-interval=10m")
                .run(sender -> {
                    sender.getBean(Tidings.class).start();
                    onPostgres().run(other -> {
                        Tidings takesIn = other.getBean(Tidings.class);
                        // Behind the first one the worker is at rest, and would look again in ten minutes.
                        for (String number : new String[] {"+12025550143", "+12025550144"}) {
                            takesIn.sms(number, "Your car is ready.");
                            assertThat(sent.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
                        }
                        assertThat(takesIn.isWorking()).isFalse();
                    });
                });
    }

    @Test
    void they_are_off_until_they_are_asked_for() {
        onPostgres()
                .withPropertyValues("tidings.hints=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(Hints.class));
    }

    @Test
    void on_another_database_the_start_says_that_they_need_postgresql() {
        runner.withPropertyValues("spring.datasource.url=jdbc:h2:mem:hints")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("tidings.hints")
                        .hasMessageContaining("PostgreSQL"));
    }
}
