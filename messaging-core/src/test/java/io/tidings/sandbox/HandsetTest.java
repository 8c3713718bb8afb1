package io.tidings.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HandsetTest {
    private static final String FREE = "+18335550100";

    private final Sandbox sandbox =
            SteppedSandbox.builder().sender(FREE, 100).sender("TIDINGS").start();
    private final Api api = new Api(sandbox);
    private final Receiver receiver = new Receiver();
    private final Handset handset = sandbox.handset(SteppedSandbox.TO);

    @BeforeEach
    void receive() {
        sandbox.inboundWebhook(SteppedSandbox.FROM, receiver.url("/in"));
    }

    @AfterEach
    void close() {
        sandbox.close();
        receiver.close();
    }

    @Test
    void it_replies_to_whom_it_heard_from_last() {
        api.created("To", SteppedSandbox.TO, "From", SteppedSandbox.FROM, "Body", "hello");
        assertThatThrownBy(() -> handset.reply("too early")).isInstanceOf(IllegalStateException.class);
        sandbox.advance(SteppedSandbox.LIFETIME);
        assertThat(handset.inbox())
                .singleElement()
                .satisfies(each -> assertThat(each.body()).isEqualTo("hello"));
        String sid = handset.reply("yes please").orElseThrow();
        sandbox.advance(SteppedSandbox.LIFETIME);

        assertThat(receiver.told("Body")).containsExactly("yes please");
        assertThat(receiver.told("To")).containsExactly(SteppedSandbox.FROM);
        var listed = Api.json(api.get(api.messages())).at("/messages/0");
        assertThat(listed.path("sid").asText()).isEqualTo(sid);
        assertThat(listed.path("direction").asText()).isEqualTo("inbound");
    }

    @Test
    void pictures_come_with_their_addresses_and_types() {
        String sid = handset.text(SteppedSandbox.FROM, "", "https://example.com/a.png", "https://example.com/b.mp4")
                .orElseThrow();
        sandbox.advance(SteppedSandbox.LIFETIME);
        Receiver.Arrival arrival = receiver.arrivals.get(0);

        assertThat(sid).startsWith("MM");
        assertThat(arrival.value("NumMedia")).isEqualTo("2");
        assertThat(arrival.value("MediaUrl0")).isEqualTo("https://example.com/a.png");
        assertThat(arrival.value("MediaContentType0")).isEqualTo("image/png");
        assertThat(arrival.value("MediaContentType1")).isEqualTo("video/mp4");
        assertThat(arrival.value("NumSegments")).isEqualTo("1");
        assertThat(arrival.value("Body")).isEmpty();
        assertThat(arrival.header("X-twilio-signature"))
                .isEqualTo(Signature.of(sandbox.authToken(), receiver.url("/in"), arrival.form()));
        assertThat(Api.json(api.get(api.message(sid).replace(".json", "/Media.json")))
                        .path("media_list"))
                .hasSize(2);
    }

    @Test
    void inbound_webhooks_are_tried_again_as_their_address_says() {
        try (Receiver failing = new Receiver(500, 503)) {
            sandbox.inboundWebhook(SteppedSandbox.FROM, failing.url("/in#rc=2&rp=5xx"));
            handset.text(SteppedSandbox.FROM, "hello");
            sandbox.advance(SteppedSandbox.LIFETIME);

            assertThat(failing.arrivals).hasSize(3);
            assertThat(sandbox.log().callbacks().stream()
                            .map(each -> each.reply().status()))
                    .containsExactly(500, 503, 204);
        }
    }

    @Test
    void the_fallback_is_told_of_the_error_when_the_first_address_fails() {
        try (Receiver failing = new Receiver(500)) {
            sandbox.inboundWebhook(SteppedSandbox.FROM, failing.url("/in#rc=0"));
            sandbox.inboundFallback(SteppedSandbox.FROM, receiver.url("/fallback"));
            handset.text(SteppedSandbox.FROM, "hello");
            handset.text(SteppedSandbox.FROM, "again");
            sandbox.advance(SteppedSandbox.LIFETIME);

            assertThat(receiver.arrivals).singleElement().satisfies(each -> {
                assertThat(each.target()).isEqualTo("/fallback");
                assertThat(each.value("Body")).isEqualTo("hello");
                assertThat(each.value("ErrorCode")).isEqualTo("11200");
                assertThat(each.value("ErrorUrl")).isEqualTo(failing.url("/in"));
                assertThat(each.header("X-twilio-signature"))
                        .isEqualTo(Signature.of(sandbox.authToken(), receiver.url("/fallback"), each.form()));
            });
        }
    }

    @Test
    void a_service_has_a_fallback_of_its_own() {
        String service = sandbox.createService("pool", SteppedSandbox.FROM);
        var answer = api.post(
                "/v1/Services/" + service,
                "InboundRequestUrl",
                "http://127.0.0.1:1/in#rc=0",
                "FallbackUrl",
                receiver.url("/fallback"));
        handset.text(SteppedSandbox.FROM, "hello");
        sandbox.advance(SteppedSandbox.LIFETIME);

        assertThat(Api.json(answer).path("fallback_url").asText()).isEqualTo(receiver.url("/fallback"));
        assertThat(receiver.told("MessagingServiceSid")).containsExactly(service);
    }

    @Test
    void keywords_are_answered_by_twilio_and_the_log_says_so() {
        String sid = handset.text(SteppedSandbox.FROM, " stop ").orElseThrow();
        sandbox.advance(SteppedSandbox.LIFETIME);

        assertThat(sandbox.log().replies()).singleElement().satisfies(each -> {
            assertThat(each.automatic()).isTrue();
            assertThat(each.inbound()).isEqualTo(sid);
            assertThat(each.create().to()).isEqualTo(SteppedSandbox.TO);
            assertThat(each.create().body()).contains("unsubscribed");
        });
        assertThat(handset.inbox()).hasSize(1);
    }

    @Test
    void toll_free_help_is_answered_unless_opted_out() {
        handset.text(FREE, "INFO");
        handset.text(FREE, "STOP");
        handset.text(FREE, "HELP");

        assertThat(sandbox.log().replies().stream()
                        .map(each -> String.valueOf(each.create().body())))
                .hasSize(2)
                .allMatch(each -> each.startsWith("NETWORK MSG"));
    }

    @Test
    void every_family_carries_its_type_with_advanced_opt_out_only() {
        String service = sandbox.createService("pool", SteppedSandbox.FROM);
        api.post("/v1/Services/" + service, "InboundRequestUrl", receiver.url("/in"));
        handset.text(SteppedSandbox.FROM, "STOP");
        sandbox.advancedOptOut(service, true);
        for (String word : List.of("revoke", "Unstop", "info", "stop please")) {
            handset.text(SteppedSandbox.FROM, word);
        }
        sandbox.advance(SteppedSandbox.LIFETIME);

        assertThat(receiver.arrivals.stream().map(each -> each.value("Body") + "=" + each.value("OptOutType")))
                .containsExactlyInAnyOrder("STOP=", "revoke=STOP", "Unstop=START", "info=HELP", "stop please=");
    }

    @ParameterizedTest
    @CsvSource({
        "TIDINGS, hello, https://example.com/a.png",
        "+12025550177, hello, https://example.com/a.png",
        "+12025550100, hello, ftp://example.com/a.png",
        "whatsapp:+12025550100, hello, https://example.com/a.png",
    })
    void what_no_handset_can_send_is_refused(String to, String text, String media) {
        assertThatThrownBy(() -> handset.text(to, text, media))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(".+ .+ .+");
    }

    @Test
    void a_handset_needs_a_number_and_hides_it() {
        assertThatThrownBy(() -> sandbox.handset("me")).isInstanceOf(IllegalArgumentException.class);
        assertThat(handset.toString()).doesNotContain("0123");
        assertThat(handset.number()).isEqualTo(SteppedSandbox.TO);
    }

    @Test
    void another_process_sends_pictures_and_sets_the_fallback() {
        api.control(
                "/sandbox/webhooks",
                "{\"sender\": \"+12025550100\", \"url\": \"http://127.0.0.1:1/\", \"fallbackUrl\": \""
                        + receiver.url("/fallback") + "\"}");
        var answer = api.control(
                "/sandbox/replies",
                "{\"from\": \"+12025550123\", \"to\": \"+12025550100\", \"text\": \"\", \"media\":"
                        + " [\"https://example.com/a.gif\"]}");
        sandbox.advance(SteppedSandbox.LIFETIME);

        assertThat(Api.json(answer).path("sid").asText()).startsWith("MM");
        assertThat(receiver.told("MediaContentType0")).containsExactly("image/gif");
        assertThat(Map.of("Body", receiver.told("Body"))).containsEntry("Body", List.of(""));
    }
}
