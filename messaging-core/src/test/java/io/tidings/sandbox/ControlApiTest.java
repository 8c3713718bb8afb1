package io.tidings.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlApiTest {
    private final Sandbox sandbox = SteppedSandbox.builder().start();
    private final Api api = new Api(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void it_tells_who_it_is_and_what_time_it_is() {
        JsonNode about = Api.json(api.get("/sandbox"));

        assertThat(about.path("accountSid").asText()).isEqualTo(sandbox.accountSid());
        assertThat(about.path("senders").path(SteppedSandbox.FROM).asText()).startsWith("PN");
        assertThat(Api.json(api.get("/sandbox/time")).path("now").asText()).isEqualTo("2026-03-01T12:00:00Z");
    }

    @Test
    void time_is_advanced_and_messages_and_log_are_listed() {
        create();
        done(api.control("/sandbox/time", "{\"advanceMillis\": 30000}"));

        JsonNode messages = Api.json(api.get("/sandbox/messages?to=%2B12025550123&direction=outbound-api"));
        JsonNode log = Api.json(api.get("/sandbox/log"));
        assertThat(messages.at("/messages/0/status").asText()).isEqualTo("delivered");
        assertThat(messages.at("/messages/0/body").asText()).isEqualTo("a");
        assertThat(Api.json(api.get("/sandbox/messages?to=%2B1")).path("messages"))
                .isEmpty();
        assertThat(log.at("/entries/0/kind").asText()).isEqualTo("Request");
        assertThat(log.at("/entries/0/create/body").asText()).isEqualTo("a");
        assertThat(Api.json(api.get("/sandbox/log?after=1")).path("entries")).hasSize(1);
    }

    @Test
    void a_handset_replies_and_its_outcomes_are_set() {
        done(api.control(
                "/sandbox/handsets",
                "{\"number\": \"+12025550123\", \"outcomes\": [{\"kind\": \"undelivered\", \"code\": 30003},"
                        + "{\"kind\": \"failed\", \"code\": 30007}, {\"kind\": \"no-receipt\"},"
                        + "{\"kind\": \"rejected\", \"code\": 21614}]}"));
        create();
        sandbox.advance(SteppedSandbox.LIFETIME);
        HttpResponse<String> reply = api.control(
                "/sandbox/replies", "{\"from\": \"+12025550123\", \"to\": \"+12025550100\", \"text\": \"STOP\"}");

        assertThat(Api.json(reply).path("sid").asText()).startsWith("SM");
        assertThat(sandbox.messages().get(0).errorCode()).isEqualTo(30003);
        MessagesApiTest.assertError(create(), 400, 21610);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"fault\": {\"kind\": \"answer\", \"status\": 503, \"code\": 20503}, \"count\": 1}; 503",
                "{\"fault\": {\"kind\": \"answer\", \"status\": 502, \"body\": \"<p>\"}, \"scope\": \"everything\"}; 502",
                "{\"fault\": {\"kind\": \"accept-then-answer\"}, \"millis\": 1000}; 500",
                "{\"fault\": {\"kind\": \"throttle\", \"retryAfterMillis\": 1000}}; 429",
                "{\"fault\": {\"kind\": \"queue-full\"}}; 400",
                "{\"fault\": {\"kind\": \"slow\", \"millis\": 0}}; 201"
            })
    void faults_are_set(String fault, int status) {
        done(api.control("/sandbox/faults", fault));

        assertThat(create().statusCode()).isEqualTo(status);
        assertThat(api.send(HttpRequest.newBuilder(URI.create(sandbox.url() + "/sandbox/faults"))
                                .DELETE())
                        .statusCode())
                .isEqualTo(200);
        assertThat(create().statusCode()).isEqualTo(201);
    }

    @Test
    void a_cut_is_set_by_its_point() {
        done(api.control(
                "/sandbox/faults", "{\"fault\": {\"kind\": \"cut\", \"point\": \"before-processing\"}, \"count\": 1}"));

        assertThat(org.assertj.core.api.Assertions.catchThrowable(this::create))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(sandbox.messages()).isEmpty();
    }

    @Test
    void the_account_and_the_webhooks_are_set() {
        done(api.control("/sandbox/webhooks", "{\"sender\": \"+12025550100\", \"url\": \"http://127.0.0.1:1/\"}"));
        done(api.control(
                "/sandbox/account", "{\"status\": \"suspended\", \"balance\": \"0.10\", \"authToken\": \"new\"}"));

        assertThat(sandbox.authToken()).isEqualTo("new");
        MessagesApiTest.assertError(
                new Api(sandbox).create("To", SteppedSandbox.TO, "From", SteppedSandbox.FROM, "Body", "a"), 403, 20005);
    }

    @Test
    void an_outage_closes_the_port_for_its_time() {
        try (Sandbox real = Sandbox.builder().sender(SteppedSandbox.FROM).start()) {
            Api client = new Api(real);
            done(client.control("/sandbox/outage", "{\"millis\": 300}"));

            Eventually.holds(() -> refuses(client));
            Eventually.holds(() -> !refuses(client));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "/sandbox/time; {}; 400",
                "/sandbox/time; {\"advanceMillis\": -1}; 400",
                "/sandbox/time; nonsense; 400",
                "/sandbox/faults; {\"fault\": {\"kind\": \"magic\"}}; 400",
                "/sandbox/faults; {\"fault\": {\"kind\": \"cut\", \"point\": \"never\"}}; 400",
                "/sandbox/faults; {\"fault\": {\"kind\": \"throttle\"}, \"count\": 0}; 400",
                "/sandbox/handsets; {\"number\": \"+12025550123\", \"outcomes\": [{\"kind\": \"lost\"}]}; 400",
                "/sandbox/handsets; {\"number\": \"+12025550123\", \"outcomes\": []}; 400",
                "/sandbox/handsets; {\"number\": 5}; 400",
                "/sandbox/account; {\"status\": \"rich\"}; 400",
                "/sandbox/nothing; {}; 404"
            })
    void wrong_commands_are_answered_with_a_sentence(String path, String body, int status) {
        HttpResponse<String> answer = api.control(path, body);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(Api.json(answer).path("error").asText()).contains(" ");
    }

    @Test
    void a_web_page_in_a_browser_cannot_command_it() {
        HttpResponse<String> form = api.send(HttpRequest.newBuilder(URI.create(sandbox.url() + "/sandbox/time"))
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("{\"advanceMillis\": 1}")));

        assertThat(form.statusCode()).isEqualTo(415);
        assertThat(sandbox.now()).isEqualTo(SteppedSandbox.START);
        assertThat(RawRequest.send(sandbox.port(), "GET /sandbox HTTP/1.1\r\nHost: evil.example\r\n\r\n"))
                .startsWith("HTTP/1.1 403");
    }

    @Test
    void commands_are_neither_struck_by_faults_nor_in_the_log() {
        sandbox.faults().untilCleared(Faults.Scope.EVERYTHING, new Fault.Answer(500, 20500));
        done(api.control("/sandbox/time", "{\"advanceMillis\": 1}"));

        assertThat(sandbox.log().entries()).isEmpty();
        assertThat(sandbox.now()).isEqualTo(SteppedSandbox.START.plus(Duration.ofMillis(1)));
    }

    private static boolean refuses(Api client) {
        try {
            client.get("/sandbox/time");
            return false;
        } catch (UncheckedIOException e) {
            return true;
        }
    }

    private static void done(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private HttpResponse<String> create() {
        return api.create("To", SteppedSandbox.TO, "From", SteppedSandbox.FROM, "Body", "a");
    }
}
