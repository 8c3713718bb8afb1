package io.tidings.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.Tidings;
import io.tidings.message.MessageStatus;
import io.tidings.outbox.Stores;
import io.tidings.provider.Provider;
import io.tidings.sandbox.Sandbox;
import io.tidings.test.FakeProvider;
import io.tidings.test.SteppableTime;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class TidingsAutoConfigurationTest {
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    SandboxTransportAutoConfiguration.class,
                    TwilioTransportAutoConfiguration.class,
                    TidingsJdbcAutoConfiguration.class,
                    TidingsStoresAutoConfiguration.class,
                    TidingsAutoConfiguration.class));

    @Test
    void one_property_gives_a_system_over_a_sandbox_in_memory() {
        runner.withPropertyValues("tidings.provider=sandbox").run(context -> {
            Tidings tidings = context.getBean(Tidings.class);

            assertThat(tidings.sms("+12025550143", "Your car is ready.").status())
                    .isEqualTo(MessageStatus.QUEUED);
            assertThat(context).hasSingleBean(Sandbox.class);
        });
    }

    @Test
    void without_a_provider_it_says_which_properties_to_set() {
        runner.withPropertyValues("tidings.store=memory")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOfSatisfying(
                                SetupProblem.class,
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
}
