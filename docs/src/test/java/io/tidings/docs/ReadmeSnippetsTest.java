package io.tidings.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.Tidings;
import io.tidings.account.CredentialSource;
import io.tidings.message.MessageStatus;
import io.tidings.outbox.MessageView;
import io.tidings.outbox.Receipt;
import io.tidings.sandbox.Delays;
import io.tidings.sandbox.HandsetProfile;
import io.tidings.sandbox.Sandbox;
import io.tidings.twilio.Twilio;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadmeSnippetsTest {
    @Test
    void ten_lines_send_a_text_and_follow_it_to_delivered() throws InterruptedException {
        try (Sandbox sandbox = Sandbox.builder()
                .handsets(HandsetProfile.allDelivered())
                .delays(Delays.realistic().times(0.02))
                .start()) {
            URI sandboxUrl = URI.create(sandbox.url());
            CredentialSource credentials = CredentialSource.environment(
                    Map.of("TWILIO_ACCOUNT_SID", sandbox.accountSid(), "TWILIO_AUTH_TOKEN", sandbox.authToken()));

            // tag::first[]
            try (Tidings tidings = Tidings.builder(Twilio.provider(credentials)
                            .baseUrl(sandboxUrl) // leave this line out and it is the real Twilio
                            .build())
                    .from("+12025550100")
                    .start()) {
                Receipt receipt = tidings.sms()
                        .to("(202) 555-0143")
                        .text("Hi Ana, your car is ready at bay 4.")
                        .key("order-ready-4711") // sent once, however often this runs
                        .expiresAfter(Duration.ofHours(2))
                        .send();
                MessageView end = tidings.await(receipt.id(), Duration.ofMinutes(1));
                String story = tidings.explain(receipt.id()).orElseThrow().text();
                // end::first[]
                assertThat(end.status()).isEqualTo(MessageStatus.DELIVERED);
                assertThat(story).contains("DELIVERED");
            }
        }
    }
}
