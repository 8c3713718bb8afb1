package io.tidings.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.Tidings;
import io.tidings.jdbc.JdbcStores;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.JdbcTemplate;

class SchemaTest {
    private final ApplicationContextRunner runner =
            Contexts.withDatabase().withConfiguration(AutoConfigurations.of(JdbcTemplateAutoConfiguration.class));

    @Test
    void flyway_finds_the_empty_schema_it_expects_and_our_tables_come_after() {
        runner.withConfiguration(AutoConfigurations.of(FlywayAutoConfiguration.class))
                .withPropertyValues("spring.flyway.locations=classpath:flyway-of-a-host")
                .run(context -> {
                    JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);

                    assertThat(jdbc.queryForObject("SELECT COUNT(*) FROM host_orders", Integer.class))
                            .isZero();
                    assertThat(context.getBean(JdbcStores.class).state().isReady())
                            .isTrue();
                });
    }

    @Test
    void validation_names_the_version_and_the_scripts_to_run() {
        runner.withPropertyValues("tidings.schema.mode=validate")
                .run(Contexts.fails(
                        SetupProblem.Kind.SCHEMA_NOT_READY,
                        problem -> assertThat(problem)
                                .hasMessageContaining("at version 0")
                                .hasMessageContaining("io/tidings/jdbc/h2/V001__queue.sql")));
    }

    @Test
    void a_schema_that_cannot_be_filled_says_what_to_run() {
        runner.withPropertyValues("tidings.schema.name=nowhere")
                .run(Contexts.fails(SetupProblem.Kind.SCHEMA_NOT_CREATED, problem -> {
                    assertThat(problem).hasMessageContaining("the schema nowhere does not exist");
                    assertThat(problem.action()).contains("tidings.schema.mode=validate");
                }));
    }

    @Test
    void tables_have_the_prefix_that_was_set() {
        runner.withPropertyValues("tidings.schema.table-prefix=texts_").run(context -> {
            context.getBean(Tidings.class).sms("+12025550143", "Your car is ready.");

            assertThat(context.getBean(JdbcTemplate.class)
                            .queryForObject("SELECT COUNT(*) FROM texts_queue", Integer.class))
                    .isEqualTo(1);
        });
    }
}
