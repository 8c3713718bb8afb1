package io.tidings.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a client sees of each mishap of an answer, and what the log says. */
class HostileAnswersTest {
    private final Sandbox sandbox = SteppedSandbox.builder().start();
    private final Api api = new Api(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @ParameterizedTest
    @CsvSource({
        "LOST_BEFORE_ACCEPT, false, NOT",
        "LOST_AFTER_ACCEPT, true, NOT",
        "HALF_ANSWER, true, PARTLY",
    })
    void a_lost_answer_is_an_end_of_the_connection(Mishap mishap, boolean created, LogEntry.Answered answered) {
        only(mishap);

        assertThatThrownBy(this::create).isInstanceOf(UncheckedIOException.class);
        assertTruth(mishap, created, answered);
    }

    @ParameterizedTest
    @CsvSource({"RESET_BEFORE_ACCEPT, false", "RESET_AFTER_ACCEPT, true"})
    void a_reset_is_one_on_the_socket(Mishap mishap, boolean created) throws Exception {
        try (Sandbox other = SteppedSandbox.builder().resets(true).start();
                java.net.Socket socket = new java.net.Socket(java.net.InetAddress.getLoopbackAddress(), other.port())) {
            other.faults().next(1, mishap);
            Api client = new Api(other);
            String form = Api.form("To", SteppedSandbox.TO, "From", SteppedSandbox.FROM, "Body", "a");
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("POST " + client.messages() + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
                                    + client.authorization() + "\r\nContent-Length: " + form.length() + "\r\n\r\n"
                                    + form)
                            .getBytes(java.nio.charset.StandardCharsets.US_ASCII));

            assertThatThrownBy(() -> socket.getInputStream().read())
                    .isInstanceOf(java.net.SocketException.class)
                    .hasMessageContaining("reset");
            assertThat(other.log().struck(mishap)).singleElement().satisfies(each -> {
                assertThat(each.accepted()).isEqualTo(created);
                assertThat(each.answered()).isEqualTo(LogEntry.Answered.NOT);
            });
            assertThat(other.log().acceptedUntold()).hasSize(created ? 1 : 0);
            assertThat(client.create("To", SteppedSandbox.TO, "From", SteppedSandbox.FROM, "Body", "b")
                            .statusCode())
                    .isEqualTo(201);
        }
    }

    @Test
    void a_sandbox_that_resets_restarts_on_its_port_too() {
        try (Sandbox other = SteppedSandbox.builder().resets(true).start()) {
            int port = other.port();
            Api client = new Api(other);
            assertThat(client.get("/sandbox").statusCode()).isEqualTo(200);
            other.restart(Duration.ofSeconds(1), false);
            assertThatThrownBy(() -> client.get("/sandbox")).isInstanceOf(UncheckedIOException.class);
            other.advance(Duration.ofSeconds(1));

            assertThat(other.port()).isEqualTo(port);
            assertThat(client.get("/sandbox").statusCode()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({"ERROR_BEFORE_ACCEPT, false", "ERROR_AFTER_ACCEPT, true"})
    void an_error_does_not_tell_whether_there_is_a_message(Mishap mishap, boolean created) {
        only(mishap);
        HttpResponse<String> answer = create();

        assertThat(answer.statusCode()).isIn(500, 502, 503, 504);
        assertThat(Api.json(answer).path("code").asInt()).isEqualTo(20500);
        assertTruth(mishap, created, LogEntry.Answered.OTHERWISE);
    }

    @ParameterizedTest
    @CsvSource({"PAGE_BEFORE_ACCEPT, false", "PAGE_AFTER_ACCEPT, true"})
    void a_page_of_a_middlebox_is_html(Mishap mishap, boolean created) {
        only(mishap);
        HttpResponse<String> answer = create();

        assertThat(answer.statusCode()).isIn(200, 502, 503);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/html");
        assertThat(answer.body()).startsWith("<html>");
        assertTruth(mishap, created, LogEntry.Answered.OTHERWISE);
    }

    @ParameterizedTest
    @CsvSource({"NO_SID_BEFORE_ACCEPT, false", "NO_SID_AFTER_ACCEPT, true"})
    void a_success_without_a_sid_is_none(Mishap mishap, boolean created) {
        only(mishap);
        HttpResponse<String> answer = create();

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(Api.json(answer).has("sid")).isFalse();
        assertTruth(mishap, created, LogEntry.Answered.OTHERWISE);
    }

    @Test
    void a_slow_answer_comes_within_the_longest_time() throws Exception {
        only(Mishap.SLOW_ANSWER);
        CompletableFuture<HttpResponse<String>> answer = later();
        Eventually.holds(() -> sandbox.log().accepted().size() == 1);

        assertThat(answer).isNotDone();
        arrives(answer, Duration.ofSeconds(5));
        assertTruth(Mishap.SLOW_ANSWER, true, LogEntry.Answered.LATE);
    }

    @Test
    void a_dribbled_answer_comes_whole_byte_by_byte() throws Exception {
        only(Mishap.DRIBBLED_ANSWER);
        CompletableFuture<HttpResponse<String>> answer = later();
        Eventually.holds(() -> sandbox.log().accepted().size() == 1);

        assertThat(answer).isNotDone();
        arrives(answer, Duration.ofMillis(100));
        assertThat(Api.json(answer.get()).path("sid").asText())
                .isEqualTo(sandbox.messages().get(0).sid());
        assertTruth(Mishap.DRIBBLED_ANSWER, true, LogEntry.Answered.LATE);
    }

    @Test
    void an_early_callback_comes_before_the_answer() throws Exception {
        only(Mishap.CALLBACK_EARLY);
        try (Receiver receiver = new Receiver()) {
            CompletableFuture<HttpResponse<String>> answer = later("StatusCallback", receiver.url("/cb"));
            Eventually.holds(() -> sandbox.log().accepted().size() == 1);

            sandbox.advance(Duration.ofMillis(1));
            assertThat(answer).isNotDone();
            Eventually.holds(() -> {
                sandbox.advance(Duration.ofSeconds(2));
                return !receiver.told("MessageStatus").isEmpty();
            });
            assertThat(receiver.told("MessageStatus")).startsWith("sent");
            assertThat(answer.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(201);
            assertTruth(Mishap.CALLBACK_EARLY, true, LogEntry.Answered.LATE);
        }
    }

    @Test
    void without_a_callback_address_no_answer_waits_for_one() {
        only(Mishap.CALLBACK_EARLY);

        assertThat(create().statusCode()).isEqualTo(201);
    }

    @Test
    void a_read_fails_and_is_logged() {
        String sid = api.created("To", SteppedSandbox.TO, "From", SteppedSandbox.FROM, "Body", "a");
        only(Mishap.READ_ERROR);

        MessagesApiTest.assertError(api.get(api.message(sid)), 503, 20503);
        assertThat(sandbox.log().mishaps()).containsEntry(Mishap.READ_ERROR, 1);
    }

    @Test
    void in_a_storm_requests_are_answered_429_and_afterwards_none() {
        Duration period = Duration.ofMinutes(1);
        sandbox.hostile(Hostility.calm().withStorms(new Hostility.Storms(period, Duration.ofSeconds(10), 1)));
        StringBuilder minute = new StringBuilder();
        for (int second = 0; second < 60; second++) {
            minute.append(create().statusCode() == 429 ? 'x' : '.');
            sandbox.advance(Duration.ofSeconds(1));
        }

        assertThat(minute.toString()).matches("\\.*x{10}\\.*");
        assertThat(sandbox.log().struck(Mishap.STORM))
                .hasSize(10)
                .allMatch(each -> each.verdict().outcome() == LogEntry.Outcome.THROTTLED);
        assertThat(sandbox.messages()).hasSize(50);
    }

    @Test
    void a_storm_refuses_only_its_share_and_reads_too() {
        sandbox.hostile(
                Hostility.calm().withStorms(new Hostility.Storms(Duration.ofMinutes(1), Duration.ofMinutes(1), 0.5)));
        int refused = 0;
        for (int i = 0; i < 200; i++) {
            refused += create().statusCode() == 429 ? 1 : 0;
        }

        assertThat(refused).isBetween(70, 130);
        assertThat(List.of(
                        api.get(api.messages()).statusCode(),
                        api.get(api.messages()).statusCode(),
                        api.get(api.messages()).statusCode(),
                        api.get(api.messages()).statusCode(),
                        api.get(api.messages()).statusCode(),
                        api.get(api.messages()).statusCode(),
                        api.get(api.messages()).statusCode(),
                        api.get(api.messages()).statusCode()))
                .contains(429, 200);
    }

    @Test
    void a_message_is_missing_in_the_list_for_a_while_but_its_sid_is_found() {
        sandbox.hostile(Hostility.calm().withListLag(Duration.ofSeconds(10)));
        for (int i = 0; i < 40; i++) {
            create();
        }
        int early = listed();
        sandbox.advance(Duration.ofSeconds(5));
        int halfway = listed();
        sandbox.advance(Duration.ofSeconds(5));

        assertThat(early).isZero();
        assertThat(halfway).isBetween(8, 32);
        assertThat(listed()).isEqualTo(40);
        create();
        assertThat(listed()).isEqualTo(40);
        assertThat(api.get(api.message(sandbox.messages().get(40).sid())).statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(Mishap.class)
    void a_mishap_can_be_brought_on_by_hand_unless_it_is_one_of_time(Mishap mishap) {
        if (mishap.target() == Mishap.Target.TIME) {
            assertThatThrownBy(() -> sandbox.faults().next(1, mishap))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("restart");
            return;
        }
        sandbox.faults().next(1, mishap);
        try (Receiver receiver = new Receiver()) {
            CompletableFuture<HttpResponse<String>> answer = later("StatusCallback", receiver.url("/cb"));
            Eventually.holds(() -> !sandbox.log().creates().isEmpty());
            sandbox.inboundWebhook(SteppedSandbox.FROM, receiver.url("/in"));
            sandbox.reply(SteppedSandbox.TO, SteppedSandbox.FROM, "hello");
            sandbox.advance(SteppedSandbox.LIFETIME);
            api.get(api.messages());
            Eventually.holds(() -> {
                sandbox.advance(Duration.ofMillis(100));
                return answer.isDone();
            });

            assertThat(sandbox.log().mishaps()).containsExactly(java.util.Map.entry(mishap, 1));
            assertThat(create().statusCode()).isEqualTo(201);
        }
    }

    @Test
    void a_fault_by_hand_goes_before_a_mishap() {
        only(Mishap.LOST_BEFORE_ACCEPT);
        sandbox.faults().next(1, new Fault.Throttle());

        MessagesApiTest.assertError(create(), 429, 20429);
        assertThatThrownBy(this::create).isInstanceOf(UncheckedIOException.class);
    }

    private void only(Mishap mishap) {
        sandbox.hostile(Hostility.calm().with(mishap, 1));
    }

    private HttpResponse<String> create() {
        return api.create("To", SteppedSandbox.TO, "From", SteppedSandbox.FROM, "Body", "a");
    }

    private CompletableFuture<HttpResponse<String>> later(String... more) {
        String[] pairs = {"To", SteppedSandbox.TO, "From", SteppedSandbox.FROM, "Body", "a"};
        String[] all = java.util.Arrays.copyOf(pairs, 6 + more.length);
        System.arraycopy(more, 0, all, 6, more.length);
        return api.createLater(all);
    }

    private int listed() {
        return Api.json(api.get(api.messages())).path("messages").size();
    }

    private void arrives(CompletableFuture<HttpResponse<String>> answer, Duration step) throws Exception {
        Eventually.holds(() -> {
            sandbox.advance(step);
            return answer.isDone();
        });
        assertThat(answer.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(201);
    }

    private void assertTruth(Mishap mishap, boolean created, LogEntry.Answered answered) {
        assertThat(sandbox.log().mishaps()).containsExactly(java.util.Map.entry(mishap, 1));
        assertThat(sandbox.log().struck(mishap)).singleElement().satisfies(each -> {
            assertThat(each.accepted()).isEqualTo(created);
            assertThat(each.answered()).isEqualTo(answered);
        });
        assertThat(sandbox.log().acceptedContaining("a")).hasSize(created ? 1 : 0);
        assertThat(sandbox.messages()).hasSize(created ? 1 : 0);
        boolean told = answered == LogEntry.Answered.LATE;
        assertThat(sandbox.log().acceptedUntold()).hasSize(created && !told ? 1 : 0);
    }
}
