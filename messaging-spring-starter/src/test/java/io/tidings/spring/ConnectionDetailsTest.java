package io.tidings.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.Tidings;
import io.tidings.account.CredentialSource;
import io.tidings.account.Credentials;
import io.tidings.message.MessageStatus;
import io.tidings.message.Secret;
import io.tidings.sandbox.HandsetProfile;
import io.tidings.sandbox.Sandbox;
import io.tidings.twilio.TwilioProvider;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** A Twilio elsewhere, as a container would be. */
class ConnectionDetailsTest {
    private final ApplicationContextRunner runner = Contexts.plain()
            .withPropertyValues(
                    "tidings.from=+12025550100",
                    "tidings.store=memory",
                    "tidings.secret=0123456789abcdef0123456789abcdef");

    private record Elsewhere(Sandbox sandbox) implements TwilioConnectionDetails {
        @Override
        public CredentialSource credentials() {
            return CredentialSource.fixed(Credentials.authToken(sandbox.accountSid(), new Secret(sandbox.authToken())));
        }

        @Override
        public URI baseUrl() {
            return URI.create(sandbox.url());
        }
    }

    @Test
    void a_bean_says_where_twilio_is_and_wins_over_the_properties() {
        try (Sandbox elsewhere = Sandbox.builder()
                .sender("+12025550100")
                .handsets(HandsetProfile.allDelivered())
                .start()) {
            runner.withBean(TwilioConnectionDetails.class, () -> new Elsewhere(elsewhere))
                    .withPropertyValues(
                            "tidings.twilio.base-url=http://127.0.0.1:1",
                            "tidings.twilio.account-sid=AC" + "0".repeat(32),
                            "tidings.twilio.auth-token=of nobody")
                    .run(context -> {
                        Tidings tidings = context.getBean(Tidings.class);
                        var id = tidings.sms("+12025550143", "Your car is ready.")
                                .id();
                        tidings.start();

                        assertThat(tidings.await(id, java.time.Duration.ofSeconds(20))
                                        .status())
                                .isEqualTo(MessageStatus.DELIVERED);
                        assertThat(elsewhere.handset("+12025550143").inbox()).hasSize(1);
                    });
        }
    }

    @Test
    void a_bean_is_enough_to_choose_twilio() {
        try (Sandbox elsewhere = Sandbox.builder().sender("+12025550100").start()) {
            runner.withBean(TwilioConnectionDetails.class, () -> new Elsewhere(elsewhere))
                    .run(context -> assertThat(context)
                            .hasSingleBean(TwilioProvider.class)
                            .doesNotHaveBean(Sandbox.class));
            runner.withBean(TwilioConnectionDetails.class, () -> new Elsewhere(elsewhere))
                    .withPropertyValues("tidings.provider=sandbox")
                    .run(context -> assertThat(context).hasSingleBean(Sandbox.class));
        }
    }

    @Test
    void without_one_the_properties_say_it() {
        runner.withPropertyValues(
                        "tidings.twilio.account-sid=AC" + "0".repeat(32), "tidings.twilio.auth-token=of the properties")
                .run(context -> {
                    assertThat(context.getBean(TwilioConnectionDetails.class).baseUrl())
                            .isNull();
                    assertThat(context.getBean(CredentialSource.class).current().accountSid())
                            .isEqualTo("AC" + "0".repeat(32));
                });
    }
}
