package io.tidings.test;

import static io.tidings.test.Times.once;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.message.Secret;
import io.tidings.sandbox.Sandbox;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(TidingsExtension.class)
class SignedWebhookTest {
    @RegisterExtension
    static final SandboxExtension SANDBOX = SandboxExtension.with(settings -> settings.sender("20255"));

    @Test
    void the_signature_is_the_one_of_twilios_published_example() {
        SignedWebhook request = SignedWebhook.to(URI.create("https://mycompany.com/myapp.php?foo=1&bar=2#rc=5"))
                .with("CallSid", "CA1234567890ABCDE")
                .with("Caller", "+14158675309")
                .with("Digits", "1234")
                .with("From", "+14158675309")
                .with("To", "+18005551212");

        assertThat(request.signature(new Secret("12345"))).isEqualTo("RSOYDt4T1cUTdK1PDd93/VVr8B8=");
    }

    @Test
    void text_outside_ascii_is_signed_as_utf_8() {
        SignedWebhook request = SignedWebhook.to(URI.create("https://example.com/cb"))
                .with("Body", "héllo wörld")
                .with("MediaUrl0", "")
                .with("To", "+15551230000");

        assertThat(request.signature(new Secret("12345"))).isEqualTo("OwhLvzi0PlFi2Z8NxVCpHv3yxYM=");
    }

    @Test
    void a_forged_request_is_refused(TestTidings kit) {
        kit.fake().loseReceipts(once());
        kit.tidings().sms("+12025550143", "Your car is ready.");
        kit.forward(Duration.ofSeconds(2)).runDue();
        URI callback = kit.fake().carried().get(0).submission().callback();

        assertThat(kit.tidings()
                        .webhooks()
                        .handle(SignedWebhook.status(callback, "SM1", "delivered")
                                .forged())
                        .status())
                .isEqualTo(403);
    }

    @Test
    void an_address_without_a_host_is_refused_with_an_example() {
        assertThatThrownBy(() -> SignedWebhook.to(URI.create("/inbound")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("https://");
    }

    @Test
    void nothing_personal_is_printed() {
        SignedWebhook request = SignedWebhook.inbound(
                URI.create("https://example.com/in"), "SM1", "+12025550143", "55512", "my secret");

        assertThat(request.toString()).contains("Body").doesNotContain("5550143", "secret");
    }

    @Test
    void each_class_has_its_sandbox(Sandbox sandbox) {
        assertThat(sandbox.senders()).containsOnlyKeys("20255");
    }
}
