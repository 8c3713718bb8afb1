package io.tidings.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaultTest {
    private final Sandbox sandbox = SteppedSandbox.builder().start();
    private final Api api = new Api(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void an_answer_fault_processes_nothing_and_ends_after_its_count() {
        sandbox.faults().next(2, new Fault.Answer(503, 20503));

        MessagesApiTest.assertError(create(), 503, 20503);
        assertThat(api.get(api.messages()).statusCode()).isEqualTo(200);
        MessagesApiTest.assertError(create(), 503, 20503);
        assertThat(create().statusCode()).isEqualTo(201);
        assertThat(outcomes())
                .containsExactly(LogEntry.Outcome.FAULT, LogEntry.Outcome.FAULT, LogEntry.Outcome.ACCEPTED);
    }

    @Test
    void a_page_of_a_gateway_can_stand_in_for_the_answer() {
        sandbox.faults().next(1, new Fault.Answer(502, 0, new Fault.Page("text/html", "<h1>Bad Gateway</h1>")));
        HttpResponse<String> answer = create();

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).isEqualTo("<h1>Bad Gateway</h1>");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/html");
    }

    @Test
    void accept_then_answer_creates_the_message_and_hides_it() {
        sandbox.faults().next(1, new Fault.AcceptThenAnswer(500, 20500));

        MessagesApiTest.assertError(create(), 500, 20500);
        assertThat(sandbox.messages()).hasSize(1);
        assertThat(sandbox.log().accepted())
                .singleElement()
                .satisfies(each -> assertThat(each.verdict().fault()).isEqualTo("AcceptThenAnswer"));
    }

    @ParameterizedTest
    @EnumSource(Fault.CutPoint.class)
    void a_cut_breaks_the_connection_before_or_after_processing(Fault.CutPoint point) {
        sandbox.faults().next(1, new Fault.Cut(point));

        assertThatThrownBy(this::create).isInstanceOf(UncheckedIOException.class);
        assertThat(sandbox.log().creates()).hasSize(1);
        assertThat(sandbox.messages()).hasSize(point.isProcessed() ? 1 : 0);
        assertThat(create().statusCode()).isEqualTo(201);
    }

    @Test
    void a_slow_answer_waits_in_the_sandboxs_time_but_its_message_exists_at_once() throws Exception {
        sandbox.faults().next(1, new Fault.Slow(Duration.ofSeconds(40)));
        CompletableFuture<HttpResponse<String>> answer =
                api.createLater("To", SteppedSandbox.TO, "From", SteppedSandbox.FROM, "Body", "a");
        Eventually.holds(() -> sandbox.log().accepted().size() == 1);

        sandbox.advance(Duration.ofSeconds(39));
        assertThat(answer).isNotDone();
        sandbox.advance(Duration.ofSeconds(1));
        Eventually.holds(() -> dueNow(sandbox, answer));
        assertThat(answer.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(201);
    }

    @Test
    void a_throttle_lasts_for_its_time_and_records_nothing_as_accepted() {
        sandbox.faults()
                .during(Duration.ofSeconds(5), Faults.Scope.EVERYTHING, new Fault.Throttle(Duration.ofSeconds(2)));

        MessagesApiTest.assertError(create(), 429, 20429);
        MessagesApiTest.assertError(api.get(api.messages()), 429, 20429);
        assertThat(create().headers().firstValue("Retry-After")).hasValue("2");
        sandbox.advance(Duration.ofSeconds(5));
        assertThat(create().statusCode()).isEqualTo(201);
        assertThat(outcomes()).startsWith(LogEntry.Outcome.THROTTLED, LogEntry.Outcome.THROTTLED);
    }

    @Test
    void a_fault_until_cleared_lasts_until_then() {
        sandbox.faults().untilCleared(Faults.Scope.CREATES, new Fault.Throttle());

        MessagesApiTest.assertError(create(), 429, 20429);
        sandbox.faults().clear();
        assertThat(create().statusCode()).isEqualTo(201);
    }

    @Test
    void a_full_queue_refuses_with_from_and_fails_later_with_a_service() {
        String service = sandbox.createService("pool", SteppedSandbox.FROM);
        sandbox.faults().next(2, new Fault.QueueFull());

        MessagesApiTest.assertError(create(), 400, 21611);
        String sid = api.created("To", SteppedSandbox.TO, "MessagingServiceSid", service, "Body", "a");
        sandbox.advance(SteppedSandbox.LIFETIME);
        assertThat(sandbox.message(sid).orElseThrow().errorCode()).isEqualTo(30001);
    }

    @Test
    void a_stopped_sandbox_refuses_connections_and_comes_back_on_its_port_with_its_memory() {
        create();
        int port = sandbox.port();
        sandbox.stopListening();

        assertThatThrownBy(this::create).hasCauseInstanceOf(ConnectException.class);
        sandbox.advance(SteppedSandbox.LIFETIME);
        sandbox.resumeListening();

        assertThat(sandbox.port()).isEqualTo(port);
        assertThat(create().statusCode()).isEqualTo(201);
        assertThat(sandbox.messages().stream().map(SandboxMessage::status)).containsExactly("delivered", "queued");
    }

    @Test
    void more_requests_in_flight_than_allowed_are_answered_429_and_not_processed() throws Exception {
        try (Sandbox narrow = SteppedSandbox.builder()
                .concurrencyLimit(3)
                .answerDelay(Duration.ofSeconds(1))
                .start()) {
            Api client = new Api(narrow);
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                answers.add(client.createLater("To", SteppedSandbox.TO, "From", SteppedSandbox.FROM, "Body", "n" + i));
            }
            Eventually.holds(() -> narrow.log().creates().size() == 5);
            narrow.advance(Duration.ofSeconds(1));
            answers.forEach(each -> Eventually.holds(() -> dueNow(narrow, each)));
            List<Integer> statuses = new ArrayList<>();
            for (CompletableFuture<HttpResponse<String>> each : answers) {
                statuses.add(each.get(10, TimeUnit.SECONDS).statusCode());
            }

            assertThat(statuses).containsExactlyInAnyOrder(201, 201, 201, 429, 429);
            assertThat(narrow.log().accepted()).hasSize(3);
            assertThat(narrow.messages()).hasSize(3);
            assertThat(narrow.log().creates().stream()
                            .filter(each -> each.verdict().outcome() == LogEntry.Outcome.THROTTLED))
                    .hasSize(2);
        }
    }

    /** The log tells of a request before its answer is put off: what came later is due now. */
    private static boolean dueNow(Sandbox late, CompletableFuture<?> answer) {
        late.advance(Duration.ZERO);
        return answer.isDone();
    }

    private HttpResponse<String> create() {
        return api.create("To", SteppedSandbox.TO, "From", SteppedSandbox.FROM, "Body", "a");
    }

    private List<LogEntry.Outcome> outcomes() {
        return sandbox.log().creates().stream()
                .map(each -> each.verdict().outcome())
                .toList();
    }
}
