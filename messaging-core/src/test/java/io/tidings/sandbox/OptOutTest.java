package io.tidings.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptOutTest {
    private static final String OTHER = "+12025550101";
    private static final String FREE = "+18335550100";
    private static final String CODE = "20255";

    private final Sandbox sandbox =
            SteppedSandbox.builder().sender(OTHER).sender(FREE).sender(CODE).start();
    private final Api api = new Api(sandbox);
    private final Receiver receiver = new Receiver();

    @AfterEach
    void close() {
        sandbox.close();
        receiver.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"STOP", "stop", " Stop \n", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"
            })
    void a_word_of_the_stop_family_blocks_the_pair_and_is_answered(String word) {
        sandbox.reply(SteppedSandbox.TO, SteppedSandbox.FROM, word);
        sandbox.advance(SteppedSandbox.LIFETIME);

        MessagesApiTest.assertError(send(SteppedSandbox.FROM), 400, 21610);
        assertThat(send(OTHER).statusCode()).isEqualTo(201);
        assertThat(sandbox.messages().stream().map(SandboxMessage::direction)).contains("outbound-reply", "inbound");
        assertThat(directions("outbound-reply").get(0).status()).isEqualTo("delivered");
    }

    @ParameterizedTest
    @ValueSource(strings = {"STOP PLEASE", "don't stop", "", "HELP", "hello"})
    void anything_else_does_not_block(String text) {
        sandbox.reply(SteppedSandbox.TO, SteppedSandbox.FROM, text);

        assertThat(send(SteppedSandbox.FROM).statusCode()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"START", "yes", "Unstop"})
    void a_word_of_the_start_family_opens_again(String word) {
        sandbox.reply(SteppedSandbox.TO, SteppedSandbox.FROM, "STOP");
        sandbox.reply(SteppedSandbox.TO, SteppedSandbox.FROM, word);

        assertThat(send(SteppedSandbox.FROM).statusCode()).isEqualTo(201);
    }

    @Test
    void toll_free_numbers_know_only_stop_start_and_unstop() {
        sandbox.reply(SteppedSandbox.TO, FREE, "QUIT");
        assertThat(send(FREE).statusCode()).isEqualTo(201);
        sandbox.reply(SteppedSandbox.TO, FREE, "stop");
        MessagesApiTest.assertError(send(FREE), 400, 21610);
        sandbox.reply(SteppedSandbox.TO, FREE, "YES");
        MessagesApiTest.assertError(send(FREE), 400, 21610);
        sandbox.reply(SteppedSandbox.TO, FREE, "UNSTOP");
        assertThat(send(FREE).statusCode()).isEqualTo(201);
        assertThat(directions("outbound-reply"))
                .hasSize(2)
                .allSatisfy(each -> assertThat(each.body()).startsWith("NETWORK MSG"));
    }

    @Test
    void short_codes_leave_keywords_to_the_customer_unless_switched_on() {
        sandbox.reply(SteppedSandbox.TO, CODE, "STOP");
        assertThat(send(CODE).statusCode()).isEqualTo(201);
        try (Sandbox strict =
                SteppedSandbox.builder().sender(CODE).shortCodeKeywords(true).start()) {
            strict.reply(SteppedSandbox.TO, CODE, "STOP");
            MessagesApiTest.assertError(
                    new Api(strict).create("To", SteppedSandbox.TO, "From", CODE, "Body", "a"), 400, 21610);
        }
    }

    @Test
    void a_stop_to_one_sender_of_a_service_blocks_the_whole_service() {
        String service = sandbox.createService("pool", SteppedSandbox.FROM, OTHER);
        sandbox.reply(SteppedSandbox.TO, SteppedSandbox.FROM, "STOP");
        String sid = api.created("To", SteppedSandbox.TO, "MessagingServiceSid", service, "Body", "a");
        sandbox.advance(SteppedSandbox.LIFETIME);

        MessagesApiTest.assertError(send(OTHER), 400, 21610);
        assertThat(sandbox.message(sid).orElseThrow().status()).isEqualTo("failed");
        assertThat(sandbox.message(sid).orElseThrow().errorCode()).isEqualTo(21610);
    }

    @Test
    void a_service_can_be_set_to_refuse_opted_out_people_at_once() {
        try (Sandbox strict =
                SteppedSandbox.builder().refuseOptedOutForServices(true).start()) {
            String service = strict.createService("pool", SteppedSandbox.FROM);
            strict.reply(SteppedSandbox.TO, SteppedSandbox.FROM, "STOP");

            MessagesApiTest.assertError(
                    new Api(strict).create("To", SteppedSandbox.TO, "MessagingServiceSid", service, "Body", "a"),
                    400,
                    21610);
        }
    }

    @Test
    void an_inbound_message_is_stored_and_told_to_the_webhook_of_the_number() {
        sandbox.inboundWebhook(SteppedSandbox.FROM, receiver.url("/in"));
        String sid =
                sandbox.reply(SteppedSandbox.TO, SteppedSandbox.FROM, "héllo").orElseThrow();
        sandbox.advance(SteppedSandbox.LIFETIME);

        Receiver.Arrival arrival = receiver.arrivals.get(0);
        assertThat(arrival.value("MessageSid")).isEqualTo(sid);
        assertThat(arrival.value("SmsMessageSid")).isEqualTo(sid);
        assertThat(arrival.value("SmsStatus")).isEqualTo("received");
        assertThat(arrival.value("From")).isEqualTo(SteppedSandbox.TO);
        assertThat(arrival.value("To")).isEqualTo(SteppedSandbox.FROM);
        assertThat(arrival.value("Body")).isEqualTo("héllo");
        assertThat(arrival.value("NumMedia")).isEqualTo("0");
        assertThat(arrival.value("FromCountry")).isEqualTo("US");
        assertThat(arrival.form()).doesNotContainKey("OptOutType");
        assertThat(arrival.header("X-twilio-signature"))
                .isEqualTo(Signature.of(sandbox.authToken(), receiver.url("/in"), arrival.form()));
        assertThat(api.fetch(sid).path("direction").asText()).isEqualTo("inbound");
        assertThat(api.fetch(sid).path("status").asText()).isEqualTo("received");
    }

    @Test
    void the_service_decides_where_inbound_messages_go_and_nowhere_means_not_at_all() {
        sandbox.inboundWebhook(SteppedSandbox.FROM, receiver.url("/number"));
        String service = sandbox.createService("pool", SteppedSandbox.FROM);
        String path = "/v1/Services/" + service;

        assertThat(sandbox.reply(SteppedSandbox.TO, SteppedSandbox.FROM, "one")).isEmpty();
        api.post(path, "InboundRequestUrl", receiver.url("/service"));
        sandbox.advancedOptOut(service, true);
        sandbox.reply(SteppedSandbox.TO, SteppedSandbox.FROM, "STOP");
        api.post(path, "UseInboundWebhookOnNumber", "true");
        sandbox.reply(SteppedSandbox.TO, SteppedSandbox.FROM, "three");
        sandbox.advance(SteppedSandbox.LIFETIME);

        assertThat(receiver.arrivals.stream().map(Receiver.Arrival::target)).containsExactly("/service", "/number");
        assertThat(receiver.told("OptOutType")).containsExactly("STOP", "");
        assertThat(directions("inbound")).hasSize(2);
    }

    @Test
    void a_reply_needs_a_number_and_one_of_our_senders() {
        assertThatThrownBy(() -> sandbox.reply("me", SteppedSandbox.FROM, "a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("E.164");
        assertThatThrownBy(() -> sandbox.reply(SteppedSandbox.TO, "+12025550177", "a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sender");
    }

    private HttpResponse<String> send(String from) {
        return api.create("To", SteppedSandbox.TO, "From", from, "Body", "a");
    }

    private List<SandboxMessage> directions(String direction) {
        return sandbox.messages().stream()
                .filter(each -> each.direction().equals(direction))
                .toList();
    }
}
