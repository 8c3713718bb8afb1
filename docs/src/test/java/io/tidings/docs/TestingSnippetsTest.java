package io.tidings.docs;

import static io.tidings.test.TidingsAssertions.assertThat;
import static io.tidings.test.Times.once;
import static io.tidings.test.Times.times;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.Tidings;
import io.tidings.message.MessageStatus;
import io.tidings.message.Secret;
import io.tidings.outbox.Receipt;
import io.tidings.sandbox.HandsetOutcome;
import io.tidings.sandbox.Sandbox;
import io.tidings.template.TemplateDraft;
import io.tidings.test.SandboxExtension;
import io.tidings.test.SignedWebhook;
import io.tidings.test.TestTidings;
import io.tidings.test.TidingsExtension;
import io.tidings.webhook.WebhookRequest;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The code of docs/testing.md. */
class TestingSnippetsTest {

    /** What a reader has: code of their own that sends. */
    private record Workshop(Tidings tidings) {
        Receipt carIsReady(String number) {
            return tidings.sms()
                    .to(number)
                    .template("pickup")
                    .with("bay", 4)
                    .key("job-17")
                    .send();
        }
    }

    @RegisterExtension
    static final SandboxExtension SANDBOX = new SandboxExtension();

    // tag::extension
    @RegisterExtension
    static final TidingsExtension TIDINGS = TidingsExtension.with(TestTidings::overFake);

    @Test
    void the_customer_is_told_once(TestTidings kit) {
        kit.tidings().templates().create(TemplateDraft.of("pickup", "Your car is at bay {{bay}}."));
        Workshop workshop = new Workshop(kit.tidings());

        workshop.carIsReady("+12025550143");
        workshop.carIsReady("+12025550143");
        kit.forward(Duration.ofMinutes(1)).runDue();

        assertThat(kit).sentTo("+12025550143").template("pickup").once();
    }
    // end::extension

    @Test
    void failures(TestTidings kit) {
        // tag::failures
        kit.fake().failNext(30003, times(2)); // the handset is off, twice

        Receipt receipt = kit.tidings().sms("+12025550143", "Your car is ready.");
        kit.forward(Duration.ofDays(2)).runDue();

        assertThat(kit).sentTo("+12025550143").times(3);
        assertThat(kit.tidings().find(receipt.id()).orElseThrow().status()).isEqualTo(MessageStatus.DELIVERED);
        // end::failures
    }

    @Test
    void overSandbox() {
        // tag::sandbox
        try (TestTidings kit = TestTidings.overSandbox()) {
            kit.sandbox().handset("+12025550144", new HandsetOutcome.Undelivered(30005));

            kit.tidings().sms("+12025550144", "Your car is ready.");
            kit.forward(Duration.ofHours(1)).runDue();

            assertThat(kit)
                    .sentTo("+12025550144")
                    .status(MessageStatus.UNDELIVERED)
                    .once();
        }
        // end::sandbox
    }

    // tag::sandbox-extension
    @Test
    void my_application_talks_to_a_sandbox(Sandbox sandbox) {
        URI baseUrl = URI.create(sandbox.url()); // give this to the application under test
        String account = sandbox.accountSid();
        // end::sandbox-extension
        assertThat(baseUrl.getHost()).isEqualTo("127.0.0.1");
        assertThat(account).startsWith("AC");
    }

    @Test
    void signedRequests(TestTidings kit) {
        kit.fake().loseReceipts(once());
        URI endpoint = URI.create("https://shop.example.com/tidings/inbound");
        Secret authToken = new Secret("the auth token of the test account");
        // tag::signed
        SignedWebhook stop = SignedWebhook.inbound(
                endpoint, "SM00000000000000000000000000000001", "+12025550143", "+12025550100", "STOP");

        WebhookRequest genuine = stop.sign(authToken); // for Webhooks.handle
        String header = stop.signature(authToken); // X-Twilio-Signature, for MockMvc or an HTTP client
        byte[] body = stop.body();
        WebhookRequest forged = stop.forged(); // must be answered with 403
        // end::signed
        assertThat(genuine.header("X-Twilio-Signature")).containsExactly(header);
        assertThat(body).isNotEmpty();
        assertThat(forged.header("X-Twilio-Signature")).doesNotContain(header);
    }
}
