package io.tidings.twilio;

import static io.tidings.twilio.RawServer.response;
import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.http.HttpMethod;
import com.twilio.http.Request;
import com.twilio.http.TwilioRestClient;
import io.tidings.account.CredentialSource;
import io.tidings.message.AttemptStatus;
import io.tidings.provider.Answer;
import io.tidings.provider.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Row 5 of the guarantees: whatever the answer, an attempt puts exactly one request on the socket. */
class OneAttemptIsOneRequestTest {
    private static final Duration SHORT = Duration.ofMillis(400);

    private RawServer server;

    @BeforeEach
    void start() throws IOException {
        server = new RawServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    static Stream<Arguments> statusesAndTemperatures() {
        return Stream.of(false, true)
                .flatMap(warm -> Stream.of(1, 2, 3, 4, 5).map(hundreds -> new Arguments(hundreds * 100, warm)));
    }

    record Arguments(int from, boolean warm) {}

    @ParameterizedTest
    @MethodSource("statusesAndTemperatures")
    void every_status_with_every_body_is_one_request_and_the_right_outcome(Arguments arguments) {
        try (TwilioProvider provider = Samples.provider(server)) {
            for (int status = arguments.from(); status < arguments.from() + 100; status++) {
                for (Body body : Body.values()) {
                    check(provider, status, body, arguments.warm());
                }
            }
        }
    }

    private void check(TwilioProvider provider, int status, Body body, boolean warm) {
        server.answering(exchange -> {
            exchange.write(response(status, body.text, "Connection: close"));
            exchange.close();
        });
        if (warm) {
            provider.fetch(Samples.SID);
        }

        Outcome outcome = provider.send(Samples.submission());

        String what = status + " " + body + (warm ? " warm" : " cold");
        assertThat(outcome).as(what).isEqualTo(expected(status, body, outcome));
        assertThat(server.posts()).as(what).hasSize(1);
        assertThat(server.posts().get(0).numberOnConnection()).as(what).isEqualTo(warm ? 2 : 1);
        assertThat(server.connections()).as(what).isEqualTo(1);
    }

    /** Written apart from the adapter: what an honest reading of the pair is. */
    private static Outcome expected(int status, Body body, Outcome actual) {
        Outcome uncertain = actual instanceof Outcome.Uncertain ? actual : new Outcome.Uncertain("some word", 0);
        if (status == 429) {
            return new Outcome.Throttled(null);
        }
        if (status >= 200 && status < 300) {
            boolean mayHaveBody = status != 204 && status != 205;
            return body == Body.CREATED && mayHaveBody
                    ? new Outcome.Accepted(Samples.SID, AttemptStatus.QUEUED)
                    : uncertain;
        }
        // OkHttp takes a 407 without a proxy for a broken protocol.
        if (status < 400 || status >= 500 || status == 408 || status == 407) {
            return uncertain;
        }
        if (body == Body.ERROR) {
            return new Outcome.Rejected(21211);
        }
        if (status == 499 || status == 460) {
            return uncertain;
        }
        Map<Integer, Integer> general =
                Map.of(401, 20003, 403, 20403, 404, 20404, 405, 20004, 409, 20409, 410, 20410, 413, 20413, 426, 20426);
        return new Outcome.Rejected(general.getOrDefault(status, 20422));
    }

    enum Body {
        CREATED(Samples.created()),
        ERROR(Samples.error(21211)),
        EMPTY(""),
        HTML("<html><body>Bad gateway</body></html>"),
        CUT_JSON(Samples.created().substring(0, 400)),
        CREATED_WITHOUT_SID(Samples.created("SM123"));

        private final String text;

        Body(String text) {
            this.text = text;
        }
    }

    @ParameterizedTest
    @MethodSource("io.tidings.twilio.Fault#all")
    void every_fault_is_one_request_and_the_right_outcome_on_a_cold_connection(Fault fault) {
        inject(fault, false);
    }

    @ParameterizedTest
    @MethodSource("io.tidings.twilio.Fault#all")
    void every_fault_is_one_request_and_the_right_outcome_on_a_warm_connection(Fault fault) {
        inject(fault, true);
    }

    private void inject(Fault fault, boolean warm) {
        server.answering(fault.script());
        try (TwilioProvider provider = Samples.provider(server, fault.slow() ? SHORT : Duration.ofSeconds(20))) {
            if (warm) {
                provider.fetch(Samples.SID);
            }
            long start = System.nanoTime();

            Outcome outcome = provider.send(Samples.submission());

            Duration took = Duration.ofNanos(System.nanoTime() - start);
            assertThat(outcome).matches(fault::isExpected, "what was expected: " + fault.expected());
            assertThat(server.posts()).hasSize(1);
            assertThat(server.posts().get(0).numberOnConnection()).isEqualTo(warm ? 2 : 1);
            assertThat(server.connections()).isEqualTo(1);
            assertThat(took).isLessThan(fault.slow() ? SHORT.plusSeconds(3) : Duration.ofSeconds(15));
        }
    }

    @Test
    void a_connection_closed_before_reading_leaves_the_outcome_unknown_and_is_not_tried_again() {
        server.closingAtOnce();
        try (TwilioProvider provider = Samples.provider(server)) {
            assertThat(provider.send(Samples.submission())).isInstanceOf(Outcome.Uncertain.class);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void a_stale_pooled_connection_leaves_the_outcome_unknown_and_is_not_replaced_by_another() throws IOException {
        try (TwilioProvider provider = Samples.provider(server)) {
            server.answering(exchange -> exchange.write(response(201, Samples.created())));
            provider.fetch(Samples.SID);
            server.hangUp();

            Outcome outcome = provider.send(Samples.submission());

            assertThat(outcome).isInstanceOf(Outcome.Uncertain.class);
            assertThat(server.connections()).isEqualTo(1);
            assertThat(server.posts()).isEmpty();
            assertThat(provider.send(Samples.submission())).isInstanceOf(Outcome.Accepted.class);
        }
    }

    @Test
    void a_kept_alive_connection_carries_one_request_per_attempt_through_a_storm_of_answers() {
        int[] statuses = {201, 500, 400, 429, 503, 201, 404, 308, 401, 201};
        try (TwilioProvider provider = Samples.provider(server)) {
            server.answering(exchange -> {
                int status = statuses[(server.posts().size() - 1) % statuses.length];
                exchange.write(response(status, Samples.created(), "Retry-After: 0", "Location: /x"));
            });
            for (int sent = 1; sent <= 200; sent++) {
                provider.send(Samples.submission());
                assertThat(server.posts()).hasSize(sent);
            }
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void a_refused_connection_is_provably_unsent() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        try (TwilioProvider provider = Twilio.provider(CredentialSource.fixed(Samples.credentials()))
                .baseUrl(URI.create("http://127.0.0.1:" + free))
                .build()) {
            assertThat(provider.send(Samples.submission())).isEqualTo(new Outcome.Unsent("connection refused"));
        }
    }

    @Test
    void a_failed_tls_handshake_is_provably_unsent() {
        try (TwilioProvider provider = Twilio.provider(CredentialSource.fixed(Samples.credentials()))
                .baseUrl(URI.create("https://127.0.0.1:" + server.port()))
                .connectTimeout(SHORT)
                .deadline(SHORT)
                .build()) {
            assertThat(provider.send(Samples.submission())).isInstanceOf(Outcome.Unsent.class);
            assertThat(server.posts()).isEmpty();
        }
    }

    @Test
    void a_name_that_does_not_resolve_is_provably_unsent() {
        try (TwilioProvider provider = Twilio.provider(CredentialSource.fixed(Samples.credentials()))
                .baseUrl(URI.create("https://api.tidings.invalid"))
                .build()) {
            assertThat(provider.send(Samples.submission())).isEqualTo(new Outcome.Unsent("name not resolved"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {503, 408, 500, 308, 401, 200})
    void a_read_is_one_request_too(int status) {
        server.answering(RawServer.Exchange::close)
                .answeringReads(
                        exchange -> exchange.write(response(status, "", "Retry-After: 0", "Location: /elsewhere")));
        try (TwilioProvider provider = Samples.provider(server)) {
            assertThat(provider.fetch(Samples.SID)).isInstanceOf(Answer.Failed.class);
            assertThat(server.seen()).hasSize(1);
        }
    }

    /** Why this class exists. If a release of the SDK stops doing it, this test may go. */
    @Test
    void the_default_client_of_the_sdk_posts_again_by_itself() {
        server.answering(exchange -> exchange.write(response(503, Samples.error(20503), "Retry-After: 0")));
        TwilioRestClient sdk = new TwilioRestClient.Builder(Samples.ACCOUNT, Samples.TOKEN).build();

        sdk.request(new Request(HttpMethod.POST, "http://localhost:" + server.port() + "/Messages.json"));

        assertThat(server.posts()).hasSizeGreaterThan(1);
    }

    @Test
    void the_table_of_faults_is_as_long_as_promised() {
        assertThat(Fault.all()).hasSizeGreaterThanOrEqualTo(12);
    }
}
