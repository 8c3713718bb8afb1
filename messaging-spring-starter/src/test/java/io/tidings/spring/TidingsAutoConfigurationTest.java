package io.tidings.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.Tidings;
import io.tidings.account.CredentialSource;
import io.tidings.jdbc.JdbcStores;
import io.tidings.message.MessageStatus;
import io.tidings.outbox.Stores;
import io.tidings.provider.Provider;
import io.tidings.sandbox.Sandbox;
import io.tidings.test.FakeProvider;
import io.tidings.test.SteppableTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.datasource.DataSourceUtils;

class TidingsAutoConfigurationTest {
    private static final String SID = "AC" + "0".repeat(32);
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    private final ApplicationContextRunner runner = Contexts.plain();

    @Test
    void one_property_gives_a_system_over_a_sandbox_in_memory() {
        runner.withPropertyValues("tidings.provider=sandbox").run(context -> {
            Tidings tidings = context.getBean(Tidings.class);

            assertThat(tidings.sms("+12025550143", "Your car is ready.").status())
                    .isEqualTo(MessageStatus.QUEUED);
            assertThat(context).hasSingleBean(Sandbox.class).doesNotHaveBean(JdbcStores.class);
        });
    }

    @Test
    void without_a_provider_it_says_which_properties_to_set() {
        runner.withPropertyValues("tidings.store=memory")
                .run(Contexts.fails(
                        SetupProblem.Kind.NO_PROVIDER,
                        problem -> assertThat(problem.action())
                                .contains("tidings.provider=sandbox", "TWILIO_ACCOUNT_SID")));
    }

    @Test
    void it_can_be_switched_off() {
        runner.withPropertyValues("tidings.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(Tidings.class));
    }

    @Test
    void provider_and_stores_of_the_host_win() {
        SteppableTime time = new SteppableTime();
        FakeProvider fake = new FakeProvider(time);
        Stores stores = Stores.inMemory(time);
        runner.withBean(Provider.class, () -> fake)
                .withBean(Stores.class, () -> stores)
                .withPropertyValues("tidings.provider=sandbox")
                .run(context -> {
                    context.getBean(Tidings.class).sms("+12025550143", "Your car is ready.");

                    assertThat(stores.outbox().counts().total()).isEqualTo(1);
                    assertThat(context).doesNotHaveBean(Sandbox.class);
                });
    }

    @Test
    void the_usual_variables_are_enough_for_twilio() {
        runner.withPropertyValues(
                        "TWILIO_ACCOUNT_SID=" + SID,
                        "TWILIO_AUTH_TOKEN=token",
                        "tidings.from=+12025550100",
                        "tidings.secret=" + SECRET,
                        "tidings.store=memory")
                .run(context -> {
                    assertThat(context.getBean(Provider.class).isLive()).isTrue();
                    assertThat(context.getBean(CredentialSource.class).current().accountSid())
                            .isEqualTo(SID);
                });
    }

    @Test
    void a_property_wins_over_the_variable() {
        String other = "AC" + "1".repeat(32);
        runner.withPropertyValues(
                        "tidings.twilio.account-sid=" + other,
                        "TWILIO_ACCOUNT_SID=" + SID,
                        "TWILIO_AUTH_TOKEN=token",
                        "tidings.from=+12025550100",
                        "tidings.secret=" + SECRET,
                        "tidings.store=memory")
                .run(context -> assertThat(context.getBean(CredentialSource.class)
                                .current()
                                .accountSid())
                        .isEqualTo(other));
    }

    @Test
    void missing_and_malformed_credentials_are_named() {
        runner.withPropertyValues("tidings.provider=twilio", "tidings.store=memory")
                .run(Contexts.fails(
                        SetupProblem.Kind.CREDENTIALS,
                        problem -> assertThat(problem).hasMessageContaining("TWILIO_ACCOUNT_SID")));
        runner.withPropertyValues(
                        "tidings.provider=twilio",
                        "tidings.twilio.account-sid=12345",
                        "tidings.twilio.auth-token=token",
                        "tidings.store=memory")
                .run(Contexts.fails(
                        SetupProblem.Kind.CREDENTIALS,
                        problem -> assertThat(problem)
                                .hasMessageContaining("32 hexadecimal digits")
                                .hasMessageNotContaining("token=")));
    }

    @Test
    void real_people_are_texted_only_with_a_secret() {
        runner.withPropertyValues(
                        "tidings.twilio.account-sid=" + SID,
                        "tidings.twilio.auth-token=token",
                        "tidings.from=+12025550100",
                        "tidings.store=memory")
                .run(Contexts.fails(
                        SetupProblem.Kind.NO_SECRET,
                        problem -> assertThat(problem.action()).contains("openssl rand -hex 32")));
    }

    @Test
    void a_secret_that_could_be_guessed_is_refused_with_a_sentence_that_does_not_hold_it() {
        runner.withPropertyValues("tidings.provider=sandbox", "tidings.secret=swordfish")
                .run(Contexts.fails(
                        SetupProblem.Kind.NO_SECRET,
                        problem -> assertThat(problem)
                                .hasMessageContaining("fewer than 32 characters")
                                .hasMessageNotContaining("swordfish")));
    }

    @Test
    void a_sender_that_none_can_be_is_named_before_anything_starts() {
        runner.withPropertyValues("tidings.provider=sandbox", "tidings.from=202 555 0100")
                .run(Contexts.fails(
                        SetupProblem.Kind.SENDER,
                        problem -> assertThat(problem)
                                .hasMessageContaining("tidings.from")
                                .hasMessageContaining("202 555 0100")));
        runner.withPropertyValues(
                        "tidings.twilio.account-sid=" + SID,
                        "tidings.twilio.auth-token=token",
                        "tidings.secret=" + SECRET,
                        "tidings.store=memory",
                        "tidings.from=202 555 0100")
                .run(Contexts.fails(
                        SetupProblem.Kind.SENDER,
                        problem -> assertThat(problem.action()).contains("tidings.home-country")));
    }

    @Test
    void a_sender_in_national_form_is_read_with_the_home_country() {
        runner.withPropertyValues("tidings.provider=sandbox", "tidings.from=(202) 555-0100", "tidings.home-country=US")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void real_people_are_not_texted_from_memory_unless_asked() {
        runner.withPropertyValues("tidings.provider=twilio", "tidings.twilio.account-sid=" + SID)
                .withPropertyValues("tidings.twilio.auth-token=token", "tidings.secret=" + SECRET)
                .run(Contexts.fails(
                        SetupProblem.Kind.NO_DATA_SOURCE,
                        problem -> assertThat(problem.action()).contains("tidings.store=memory")));
    }

    @Test
    void behind_a_proxy_the_address_that_twilio_calls_must_be_known() {
        ApplicationContextRunner behind = runner.withPropertyValues(
                "tidings.twilio.account-sid=" + SID,
                "tidings.twilio.auth-token=token",
                "tidings.secret=" + SECRET,
                "tidings.from=+12025550100",
                "tidings.store=memory",
                "server.forward-headers-strategy=native");

        behind.run(Contexts.fails(
                SetupProblem.Kind.NO_PUBLIC_URL,
                problem ->
                        assertThat(problem.action()).contains("tidings.public-url", "tidings.webhooks.enabled=false")));
        behind.withPropertyValues("tidings.public-url=https://shop.example.com")
                .run(context -> assertThat(context).hasNotFailed());
        behind.withPropertyValues("tidings.webhooks.enabled=false")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void without_spring_jdbc_it_names_the_missing_library() {
        ApplicationContextRunner bare = runner.withClassLoader(new FilteredClassLoader(DataSourceUtils.class))
                .withPropertyValues("tidings.provider=sandbox");

        bare.run(context -> assertThat(context).hasNotFailed().hasSingleBean(Tidings.class));
        bare.withPropertyValues("tidings.store=jdbc")
                .run(Contexts.fails(
                        SetupProblem.Kind.MISSING_LIBRARY,
                        problem -> assertThat(problem).hasMessageContaining("spring-jdbc")));
    }

    @Test
    void memory_can_be_chosen_beside_a_database() {
        runner.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class))
                .withPropertyValues(
                        "tidings.provider=sandbox",
                        "tidings.store=memory",
                        "spring.datasource.url=" + Contexts.freshUrl())
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(JdbcStores.class));
    }

    @Test
    void customizers_are_called_in_their_order_after_the_properties() {
        runner.withUserConfiguration(TwoCustomizers.class)
                .withPropertyValues("tidings.provider=sandbox", "tidings.from=+12025550100")
                .run(context -> {
                    assertThat(context.getBean(TwoCustomizers.class).called).containsExactly("first", "second");
                    assertThat(context.getBean(Tidings.class)
                                    .sms("+493012345678", "Abroad.")
                                    .isRefused())
                            .isFalse();
                });
    }

    @Test
    void the_worker_is_there_although_beans_are_lazy() {
        runner.withPropertyValues("tidings.provider=sandbox")
                .run(context -> assertThat(context.getBeansOfType(LazyInitializationExcludeFilter.class)
                                .values())
                        .anyMatch(filter -> filter.isExcluded(
                                "tidingsWorkerLifecycle",
                                context.getBeanFactory().getBeanDefinition("tidingsWorkerLifecycle"),
                                WorkerLifecycle.class)));
    }

    @Test
    void a_figure_that_cannot_be_is_named_with_its_property() {
        runner.withPropertyValues("tidings.provider=sandbox", "tidings.worker.lease=20s")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("tidings.worker.lease")
                        .hasMessageContaining("tidings.worker.call-deadline"));
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoCustomizers {
        private final List<String> called = new ArrayList<>();

        @Bean
        @Order(2)
        TidingsCustomizer second() {
            return builder -> called.add("second");
        }

        @Bean
        @Order(1)
        TidingsCustomizer first() {
            return builder -> {
                called.add("first");
                builder.destinations("US", "DE");
            };
        }
    }
}
