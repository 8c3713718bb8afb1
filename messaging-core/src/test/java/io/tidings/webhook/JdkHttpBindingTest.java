package io.tidings.webhook;

import static io.tidings.webhook.CallbackScene.ATTEMPT;
import static io.tidings.webhook.CallbackScene.status;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.tidings.message.AttemptStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JdkHttpBindingTest {
    private static final String FORM = "application/x-www-form-urlencoded";

    private final CallbackScene scene = new CallbackScene();
    private final String target = scene.target(ATTEMPT);
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = serve(scene.webhooks, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), threads);
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    // docs/webhooks.md shows this method: keep both equal.
    // tag::jdk-binding[]
    static HttpServer serve(Webhooks webhooks, InetSocketAddress listen, ExecutorService threads) throws IOException {
        HttpServer server = HttpServer.create(listen, 0);
        server.createContext("/tidings", JdkHttpBinding.of(webhooks));
        server.setExecutor(threads);
        server.start();
        return server;
    }
    // end::jdk-binding[]

    @Test
    void a_signed_callback_over_http_is_merged_and_answered_204_without_a_body() throws Exception {
        var form = status("delivered", Map.of("ErrorMessage", "naïve & 50% 😀"));

        HttpResponse<String> answer =
                post(target, scene.sign(target, form), BodyPublishers.ofByteArray(CallbackScene.form(form)));

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().firstValue("Content-Type")).isEmpty();
        assertThat(scene.sink.state(ATTEMPT).status()).isEqualTo(AttemptStatus.DELIVERED);
        assertThat(scene.sink.raw(ATTEMPT).get(0).value("ErrorMessage")).contains("naïve & 50% 😀");
    }

    @Test
    void the_query_reaches_the_signature_check_with_its_escapes_as_sent() throws Exception {
        String odd = target + "?a=%26b+c%2f&%E2%82%AC";
        var form = status("sent", Map.of());

        assertThat(post(odd, scene.sign(odd, form), BodyPublishers.ofByteArray(CallbackScene.form(form)))
                        .statusCode())
                .isEqualTo(204);
        assertThat(post(
                                odd.replace("%2f", "%2F"),
                                scene.sign(odd, form),
                                BodyPublishers.ofByteArray(CallbackScene.form(form)))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void unsigned_is_403_and_a_refusal_after_the_signature_says_why_in_plain_text() throws Exception {
        var form = status("received", Map.of());
        byte[] body = CallbackScene.form(form);

        assertThat(post(target, "x", BodyPublishers.ofByteArray(body)).statusCode())
                .isEqualTo(403);
        HttpResponse<String> refused = post(target, scene.sign(target, form), BodyPublishers.ofByteArray(body));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("status callback");
        assertThat(refused.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
    }

    @Test
    void a_head_request_gets_headers_only() throws Exception {
        HttpRequest head = HttpRequest.newBuilder(uri(target))
                .header("X-Twilio-Signature", scene.sign(target, List.of()))
                .method("HEAD", BodyPublishers.noBody())
                .build();

        assertThat(client.send(head, BodyHandlers.ofString()).statusCode()).isEqualTo(405);
    }

    @Test
    void a_body_over_the_limit_is_413_with_and_without_a_length() throws Exception {
        byte[] tooLong = new byte[Webhooks.MAX_BODY_BYTES + 1];
        BodyPublisher chunked = BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(tooLong));

        assertThat(post(target, "x", BodyPublishers.ofByteArray(tooLong)).statusCode())
                .isEqualTo(413);
        assertThat(post(target, "x", chunked).statusCode()).isEqualTo(413);
        assertThat(scene.sink.raw(ATTEMPT)).isEmpty();
    }

    @Test
    void random_requests_over_http_are_never_a_500_and_change_nothing() throws Exception {
        SplittableRandom random = new SplittableRandom(CallbackScene.seed());
        for (int i = 0; i < CallbackScene.times(500, 100_000); i++) {
            byte[] body = new byte[random.nextInt(300)];
            random.nextBytes(body);
            String path = random.nextBoolean() ? target : "/tidings/" + RandomRequests.text(random, PATHS, 5);
            int status = post(path, RandomRequests.pick(random, "x", "", "="), BodyPublishers.ofByteArray(body))
                    .statusCode();
            assertThat(status).as("round %d", i).isIn(400, 403);
        }
        assertThat(scene.sink.raw(ATTEMPT)).isEmpty();
    }

    @Test
    void garbage_on_the_socket_does_not_stop_the_next_callback() throws Exception {
        for (String garbage : List.of(
                "\u0000\u0001\r\n\r\n",
                "POST  HTTP/1.1\r\n\r\n",
                "POST " + target + " HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nshort",
                "POST http://evil.example" + target + " HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n",
                "POST //evil.example" + target + " HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(raw(garbage)).as(garbage).doesNotContain(" 500 ").doesNotContain(" 204 ");
        }
        var form = status("sent", Map.of());
        assertThat(post(target, scene.sign(target, form), BodyPublishers.ofByteArray(CallbackScene.form(form)))
                        .statusCode())
                .isEqualTo(204);
    }

    private static final String[] PATHS = {"a", "%20", "%E2%82%AC", "..", "/", "%2e", "~", "status/"};

    private String raw(String text) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.getAddress().getPort())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private HttpResponse<String> post(String path, String signature, BodyPublisher body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(uri(path))
                        .header("Content-Type", FORM)
                        .header("X-Twilio-Signature", signature)
                        .POST(body)
                        .build(),
                BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }
}
