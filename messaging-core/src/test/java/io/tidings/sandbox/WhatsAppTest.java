package io.tidings.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhatsAppTest {
    private static final String FROM = "whatsapp:+12025550100";
    private static final String TO = "whatsapp:" + SteppedSandbox.TO;

    private final Sandbox sandbox = SteppedSandbox.builder().sender(FROM).start();
    private final Api api = new Api(sandbox);
    private final Receiver receiver = new Receiver();
    private final Handset handset = sandbox.handset(SteppedSandbox.TO);

    @AfterEach
    void close() {
        sandbox.close();
        receiver.close();
    }

    @Test
    void a_user_writes_with_the_channels_own_parameters() {
        sandbox.inboundWebhook(FROM, receiver.url("/in"));
        String sid = handset.whatsApp("+12025550100", "hello").orElseThrow();
        handset.whatsApp(FROM, "", "https://example.com/a.png");
        sandbox.advance(SteppedSandbox.LIFETIME);
        Receiver.Arrival text = receiver.arrivals.stream()
                .filter(each -> each.value("MessageSid").equals(sid))
                .findFirst()
                .orElseThrow();

        assertThat(text.value("From")).isEqualTo(TO);
        assertThat(text.value("To")).isEqualTo(FROM);
        assertThat(text.value("WaId")).isEqualTo("12025550123");
        assertThat(text.value("MessageType")).isEqualTo("text");
        assertThat(text.value("ProfileName")).isEqualTo("Handset 0123");
        assertThat(text.value("ReferralNumMedia")).isEqualTo("0");
        assertThat(text.value("ChannelMetadata"))
                .contains("\"type\":\"whatsapp\"")
                .contains("12025550123");
        assertThat(text.form()).doesNotContainKey("FromCountry");
        assertThat(receiver.told("MessageType")).containsExactlyInAnyOrder("text", "image");
    }

    @Test
    void free_form_is_sent_within_24_hours_of_the_users_last_message_and_fails_later_outside() {
        String cold = send("Body", "a");
        handset.whatsApp(FROM, "hello");
        sandbox.advance(Duration.ofHours(23));
        String open = send("Body", "b");
        sandbox.advance(Duration.ofHours(1));
        String closed = send("Body", "c");

        assertThat(status(cold)).isEqualTo("failed 63016");
        assertThat(status(open)).isEqualTo("delivered 0");
        assertThat(status(closed)).isEqualTo("failed 63016");
    }

    @Test
    void an_approved_template_is_sent_outside_the_window_and_its_text_is_in_the_log() {
        String content = sandbox.contentTemplate("order", "en", "Hi {{1}}, order {{2}} is ready");
        String sid = send("ContentSid", content, "ContentVariables", "{\"1\": \"Ann\", \"2\": \"token-9\"}");

        assertThat(status(sid)).isEqualTo("delivered 0");
        assertThat(sandbox.message(sid).orElseThrow().body()).isEqualTo("Hi Ann, order token-9 is ready");
        assertThat(sandbox.log().acceptedContaining("token-9")).hasSize(1);
        sandbox.approval(content, "paused");
        assertThat(status(send("ContentSid", content, "ContentVariables", "{\"1\": \"Ann\", \"2\": \"x\"}")))
                .isEqualTo("failed 63016");
    }

    @Test
    void a_template_without_all_its_values_fails_later() {
        String content = sandbox.contentTemplate("order", "en", "Hi {{1}}, order {{2}} is ready");

        assertThat(status(send("ContentSid", content, "ContentVariables", "{\"1\": \"Ann\"}")))
                .isEqualTo("failed 63028");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "+12025550123; whatsapp:+12025550100; Body; a; 21910",
                "whatsapp:+12025550123; +12025550100; Body; a; 63007",
                "whatsapp:+12025550123; whatsapp:+12025550177; Body; a; 63007",
                "whatsapp:me; whatsapp:+12025550100; Body; a; 63007",
                "whatsapp:+12025550123; whatsapp:+12025550100; ContentSid; HX00; 21655",
                "whatsapp:+12025550123; whatsapp:+12025550100; ContentVariables; {}; 21654",
            })
    void what_does_not_fit_together_is_refused(String to, String from, String name, String value, int code) {
        MessagesApiTest.assertError(api.create("To", to, "From", from, name, value), 400, code);
    }

    @Test
    void variables_must_be_a_json_object() {
        String content = sandbox.contentTemplate("order", "en", "Hi {{1}}");

        for (String wrong : new String[] {"Ann", "[1]", "{"}) {
            MessagesApiTest.assertError(
                    api.create("To", TO, "From", FROM, "ContentSid", content, "ContentVariables", wrong), 400, 21656);
        }
    }

    @Test
    void a_service_chooses_its_whatsapp_sender_for_whatsapp() {
        String service = sandbox.createService("pool", SteppedSandbox.FROM, FROM);
        handset.whatsApp(FROM, "hello");
        String sid = api.created("To", TO, "MessagingServiceSid", service, "Body", "a");
        sandbox.advance(SteppedSandbox.LIFETIME);

        assertThat(sandbox.message(sid).orElseThrow().from()).isEqualTo(FROM);
    }

    @Test
    void what_is_opened_is_told_as_read() {
        handset.whatsApp(FROM, "hello");
        String sid = send("Body", "a", "StatusCallback", receiver.url("/cb"));
        int read = handset.readAll();
        sandbox.advance(SteppedSandbox.LIFETIME);

        assertThat(read).isEqualTo(1);
        assertThat(handset.readAll()).isZero();
        assertThat(status(sid)).isEqualTo("read 0");
        assertThat(receiver.told("MessageStatus")).containsExactly("sent", "delivered", "read");
        assertThat(receiver.told("EventType")).containsExactly("", "", "READ");
        assertThat(receiver.told("ChannelPrefix")).containsOnly("whatsapp");
        assertThat(sandbox.log().finalStatuses().get(sid).status()).isEqualTo("read");
    }

    @Test
    void stop_is_no_command_here() {
        handset.whatsApp(FROM, "STOP");

        assertThat(sandbox.log().replies()).isEmpty();
        assertThat(api.create("To", TO, "From", FROM, "Body", "a").statusCode()).isEqualTo(201);
    }

    @Test
    void a_handset_answers_on_the_channel_it_heard_on() {
        handset.whatsApp(FROM, "hello");
        send("Body", "a");
        handset.reply("b");

        assertThat(sandbox.messages().get(2).from()).isEqualTo(TO);
        assertThatThrownBy(() -> sandbox.reply(SteppedSandbox.TO, FROM, "a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("WhatsApp");
    }

    @Test
    void templates_are_made_listed_approved_and_removed_over_http() {
        HttpResponse<String> made = json(
                "/v1/Content",
                "{\"friendly_name\": \"order\", \"language\": \"en\", \"variables\": {\"1\": \"friend\"},"
                        + " \"types\": {\"twilio/media\": {\"body\": \"Hi {{1}}\", \"media\":"
                        + " [\"https://example.com/{{2}}.png\"]}}}");
        String sid = Api.json(made).path("sid").asText();
        JsonNode before = Api.json(api.get("/v1/Content/" + sid + "/ApprovalRequests"));
        HttpResponse<String> asked = json(
                "/v1/Content/" + sid + "/ApprovalRequests/whatsapp",
                "{\"name\": \"order_ready\", \"category\": \"UTILITY\"}");

        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(sid).matches("HX[0-9a-f]{32}");
        assertThat(before.at("/whatsapp/status").asText()).isEqualTo("unsubmitted");
        assertThat(Api.json(asked).path("status").asText()).isEqualTo("received");
        assertThat(Api.json(api.get("/v1/Content/" + sid + "/ApprovalRequests"))
                        .at("/whatsapp/status")
                        .asText())
                .isEqualTo("approved");
        assertThat(Api.json(api.get("/v1/Content")).at("/contents/0/sid").asText())
                .isEqualTo(sid);
        String message = send("ContentSid", sid, "ContentVariables", "{\"2\": \"a\"}");
        assertThat(message).startsWith("MM");
        assertThat(sandbox.message(message).orElseThrow().body()).isEqualTo("Hi friend");
        assertThat(api.delete("/v1/Content/" + sid).statusCode()).isEqualTo(204);
        MessagesApiTest.assertError(api.get("/v1/Content/" + sid), 404, 20404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "/v1/Content; []",
                "/v1/Content; {",
                "/v1/Content; {\"language\": \"en\"}",
                "/v1/Content; {\"types\": {\"twilio/text\": {\"body\": \"a\"}}}",
            })
    void a_template_that_is_none_is_refused(String path, String body) {
        assertThat(json(path, body).statusCode()).isEqualTo(400);
    }

    @Test
    void an_approval_needs_a_name_and_a_category() {
        String sid = sandbox.contentTemplate("order", "en", "Hi");

        assertThat(json("/v1/Content/" + sid + "/ApprovalRequests/whatsapp", "{\"name\": \"Order\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThatThrownBy(() -> sandbox.approval(sid, "good")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> sandbox.approval("HX1", "approved")).isInstanceOf(IllegalArgumentException.class);
    }

    private HttpResponse<String> json(String path, String body) {
        return api.send(api.request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private String send(String... more) {
        String[] pairs = java.util.Arrays.copyOf(new String[] {"To", TO, "From", FROM}, 4 + more.length);
        System.arraycopy(more, 0, pairs, 4, more.length);
        String sid = api.created(pairs);
        sandbox.advance(SteppedSandbox.LIFETIME);
        return sid;
    }

    private String status(String sid) {
        SandboxMessage message = sandbox.message(sid).orElseThrow();
        return message.status() + " " + message.errorCode();
    }
}
