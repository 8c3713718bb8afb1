package io.tidings.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallbackTest {
    private final Sandbox sandbox = SteppedSandbox.builder().start();
    private final Api api = new Api(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void a_callback_is_a_signed_form_post_without_its_fragment() {
        try (Receiver receiver = new Receiver()) {
            String address = receiver.url("/status/a%2Fb?x=%26");
            String sid = deliver(address + "#rc=2");

            Receiver.Arrival first = receiver.arrivals.get(0);
            assertThat(first.target()).isEqualTo("/status/a%2Fb?x=%26");
            assertThat(first.header("X-twilio-signature"))
                    .isEqualTo(Signature.of(sandbox.authToken(), address, first.form()));
            assertThat(first.header("Content-type")).startsWith("application/x-www-form-urlencoded");
            assertThat(first.value("MessageSid")).isEqualTo(sid);
            assertThat(first.value("SmsSid")).isEqualTo(sid);
            assertThat(first.value("SmsStatus")).isEqualTo("sent");
            assertThat(first.value("AccountSid")).isEqualTo(sandbox.accountSid());
            assertThat(first.value("From")).isEqualTo(SteppedSandbox.FROM);
            assertThat(first.value("To")).isEqualTo(SteppedSandbox.TO);
            assertThat(first.value("ApiVersion")).isEqualTo("2010-04-01");
            assertThat(first.form()).doesNotContainKeys("ErrorCode", "MessagingServiceSid", "RawDlrDoneDate");
            assertThat(receiver.arrivals.get(1).value("RawDlrDoneDate")).isEqualTo("2603011200");
        }
    }

    @Test
    void an_address_behind_a_detour_is_reached_elsewhere_and_signed_all_the_same() {
        try (Receiver receiver = new Receiver()) {
            sandbox.detour("https://shop.example.com/hooks/", receiver.url("/inner"));
            deliver("https://shop.example.com/hooks/status?x=1#rc=2");

            Receiver.Arrival first = receiver.arrivals.get(0);
            assertThat(first.target()).isEqualTo("/inner/status?x=1");
            assertThat(first.header("X-twilio-signature"))
                    .isEqualTo(Signature.of(
                            sandbox.authToken(), "https://shop.example.com/hooks/status?x=1", first.form()));
        }
    }

    @Test
    void a_detour_leads_what_is_below_its_address_and_the_nearest_one_wins() {
        Detours detours = new Detours();
        detours.add("https://a.example", "http://127.0.0.1:1");
        detours.add("https://a.example/b", "http://127.0.0.1:2/c/");

        assertThat(detours.of("https://a.example/x")).isEqualTo("http://127.0.0.1:1/x");
        assertThat(detours.of("https://a.example/b")).isEqualTo("http://127.0.0.1:2/c");
        assertThat(detours.of("https://a.example/b?y#z")).isEqualTo("http://127.0.0.1:2/c?y#z");
        assertThat(detours.of("https://a.example/bc")).isEqualTo("http://127.0.0.1:1/bc");
        assertThat(detours.of("https://a.example.org/b")).isEqualTo("https://a.example.org/b");
    }

    @Test
    void a_failure_carries_its_code() {
        sandbox.handset(SteppedSandbox.TO, new HandsetOutcome.Undelivered(30005));
        try (Receiver receiver = new Receiver()) {
            deliver(receiver.url("/"));

            assertThat(receiver.told("MessageStatus")).containsExactly("sent", "undelivered");
            assertThat(receiver.arrivals.get(1).value("ErrorCode")).isEqualTo("30005");
        }
    }

    @Test
    void user_and_password_of_the_address_become_a_header() {
        try (Receiver receiver = new Receiver()) {
            deliver(receiver.url("/x").replace("http://", "http://me:secret@"));

            assertThat(receiver.arrivals.get(0).header("Authorization")).isEqualTo("Basic bWU6c2VjcmV0");
            assertThat(receiver.arrivals.get(0).header("X-twilio-signature"))
                    .isEqualTo(Signature.of(
                            sandbox.authToken(),
                            receiver.url("/x"),
                            receiver.arrivals.get(0).form()));
        }
    }

    @ParameterizedTest(name = "{0} to {1}: {2} tries")
    @CsvSource(
            delimiter = ';',
            value = {
                "''; 500; 1",
                "''; 404; 1",
                "#rp=5xx; 500; 2",
                "#rp=5xx&rc=3; 500; 4",
                "#rp=5xx&rc=5; 500; 6",
                "#rp=5xx&rc=6; 500; 2",
                "#rp=5xx&rc=0; 500; 1",
                "#rp=5xx&rc=3; 404; 1",
                "#rp=4xx,5xx&rc=3; 404; 4",
                "#rp=all&rc=2; 404; 3",
                "#rp=bogus&rc=2; 500; 1",
                "#rc=3; 503; 1",
                "#rp=all&rc=3; 302; 1"
            })
    void an_answer_is_retried_only_as_the_fragment_asks(String fragment, int status, int tries) {
        Integer[] always = new Integer[12];
        java.util.Arrays.fill(always, status);
        try (Receiver receiver = new Receiver(always)) {
            deliver(receiver.url("/") + fragment);

            List<Receiver.Arrival> sent = receiver.arrivals.stream()
                    .filter(each -> each.value("MessageStatus").equals("sent"))
                    .toList();
            assertThat(sent).hasSize(tries);
            assertThat(sent.stream().map(each -> each.header("I-twilio-idempotency-token")))
                    .doesNotContain("")
                    .containsOnly(sent.get(0).header("I-twilio-idempotency-token"));
        }
    }

    @Test
    void retries_end_with_the_first_success() {
        try (Receiver receiver = new Receiver(500, 500, 200, 204)) {
            deliver(receiver.url("/") + "#rp=5xx&rc=5");

            assertThat(receiver.told("MessageStatus")).containsExactly("sent", "sent", "sent", "delivered");
        }
    }

    @Test
    void a_refused_connection_is_tried_once_more_by_default() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        String sid = deliver("http://127.0.0.1:" + port + "/");

        assertThat(sandbox.log().callbacks(sid))
                .extracting(each -> each.status() + " " + each.reply().problem() + " "
                        + each.reply().attempt())
                .containsExactly("sent connect 1", "sent connect 2", "delivered connect 1", "delivered connect 2");
    }

    @ParameterizedTest(name = "{0}: {1} tries")
    @CsvSource({"#rt=100, 1", "'#rt=100&rp=rt&rc=2', 3", "'#rt=100&rp=rt&rc=5&tt=250', 3", "'#rt=100&rp=ct&rc=5', 1"})
    void a_receiver_that_never_answers_is_retried_only_when_asked(String fragment, int tries) throws IOException {
        try (Dumb receiver = new Dumb("")) {
            String sid = deliver(receiver.url() + fragment);

            List<LogEntry.Callback> sent = sandbox.log().callbacks(sid).stream()
                    .filter(each -> each.status().equals("sent"))
                    .toList();
            assertThat(sent)
                    .hasSize(tries)
                    .allSatisfy(each -> assertThat(each.reply().problem()).isEqualTo("read"));
            assertThat(receiver.connections.get()).isEqualTo(2 * tries);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n0\r\nT: 1\r\n\r\n', 200",
        "'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok', 200",
        "'HTTP/1.0 200 OK\r\n\r\nuntil the end', 200",
        "'HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n', 0",
        "'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort', 0",
        "'nonsense\r\n\r\n', 0"
    })
    void answers_of_every_form_are_read_or_refused(String answer, int status) throws IOException {
        try (Dumb receiver = new Dumb(answer)) {
            String sid = deliver(receiver.url() + "#rt=2000");

            assertThat(sandbox.log().callbacks(sid).get(0).reply().status()).isEqualTo(status);
        }
    }

    @Test
    void real_time_delivers_a_thousand_callbacks_each_once_and_in_order() {
        try (Receiver receiver = new Receiver();
                Sandbox real = Sandbox.builder()
                        .delays(Delays.none())
                        .handsets(HandsetProfile.allDelivered())
                        .sender(SteppedSandbox.FROM, 1_000_000)
                        .start()) {
            Api client = new Api(real);
            for (int i = 0; i < 500; i++) {
                client.created(
                        "To",
                        SteppedSandbox.TO,
                        "From",
                        SteppedSandbox.FROM,
                        "Body",
                        "n" + i,
                        "StatusCallback",
                        receiver.url("/" + i));
            }
            Eventually.holds(() ->
                    receiver.arrivals.size() >= 1000 && real.log().callbacks().size() >= 1000);

            assertThat(receiver.arrivals).hasSize(1000);
            for (int i = 0; i < 500; i++) {
                String path = "/" + i;
                assertThat(receiver.arrivals.stream()
                                .filter(each -> each.target().equals(path))
                                .map(each -> each.value("MessageStatus")))
                        .containsExactly("sent", "delivered");
            }
        }
    }

    private String deliver(String callback) {
        String sid = api.created(
                "To", SteppedSandbox.TO, "From", SteppedSandbox.FROM, "Body", "a", "StatusCallback", callback);
        sandbox.advance(SteppedSandbox.LIFETIME);
        return sid;
    }

    /** Takes connections, sends one fixed text after the request's head, then closes; an empty text: never answers. */
    private static final class Dumb implements AutoCloseable {
        final AtomicInteger connections = new AtomicInteger();
        private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final ConcurrentLinkedQueue<Socket> open = new ConcurrentLinkedQueue<>();

        Dumb(String answer) throws IOException {
            Thread thread = new Thread(() -> accept(answer));
            thread.setDaemon(true);
            thread.start();
        }

        String url() {
            return "http://127.0.0.1:" + server.getLocalPort() + "/";
        }

        private void accept(String answer) {
            try {
                while (true) {
                    Socket socket = server.accept();
                    connections.incrementAndGet();
                    open.add(socket);
                    if (!answer.isEmpty()) {
                        String text = "";
                        while (!text.contains("\r\n\r\n")) {
                            text += (char) socket.getInputStream().read();
                        }
                        java.util.regex.Matcher length = java.util.regex.Pattern.compile("Content-Length: (\\d+)")
                                .matcher(text);
                        assertThat(length.find()).isTrue();
                        socket.getInputStream().readNBytes(Integer.parseInt(length.group(1)));
                        socket.getOutputStream().write(answer.getBytes(java.nio.charset.StandardCharsets.UTF_8));
                        socket.close();
                    }
                }
            } catch (IOException e) {
                // The test is over.
                return;
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
            for (Socket each : open) {
                each.close();
            }
        }
    }
}
