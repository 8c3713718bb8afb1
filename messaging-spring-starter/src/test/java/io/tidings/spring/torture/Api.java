package io.tidings.spring.torture;

import io.tidings.message.Secret;
import io.tidings.test.SignedWebhook;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** An application on this machine, as those see it who call it over HTTP. Safe for use by many threads. */
final class Api {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final int port;

    Api(int port) {
        this.port = port;
    }

    int port() {
        return port;
    }

    /** What was answered. */
    record Told(int status, String body) {}

    /** Asks for a text to one of the hundred numbers of tests, once however often it is asked for. */
    Told text(String token) throws IOException {
        return text(token, "+1202555%04d".formatted(100 + Math.floorMod(token.hashCode(), 100)), token);
    }

    Told text(String key, String to, String text) throws IOException {
        return call(message("{\"to\":\"" + to + "\",\"text\":\"" + text + "\"}").header("Idempotency-Key", key));
    }

    HttpRequest.Builder message(String json) {
        return HttpRequest.newBuilder(url("/tidings/api/v1/messages"))
                .header("Authorization", Settings.BEARER)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json));
    }

    /** Calls something of the API that changes something. */
    Told post(String path, String json) throws IOException {
        return call(HttpRequest.newBuilder(url("/tidings/api/v1" + path))
                .header("Authorization", Settings.BEARER)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    }

    /** Posts the fields of a form. */
    Told form(String path, Map<String, String> fields) throws IOException {
        String form = fields.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return call(HttpRequest.newBuilder(url(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    /** Calls back as the provider does, which was told this address. */
    Told callback(SignedWebhook webhook, URI address, String token) throws IOException {
        return call(HttpRequest.newBuilder(url(address.getRawPath()))
                .header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
                .header("X-Twilio-Signature", webhook.signature(new Secret(token)))
                .POST(BodyPublishers.ofByteArray(webhook.body())));
    }

    Told get(String path) throws IOException {
        return call(HttpRequest.newBuilder(url(path)).header("Authorization", Settings.BEARER));
    }

    URI url(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    Told call(HttpRequest.Builder request) throws IOException {
        try {
            HttpResponse<String> answer = client.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
            return new Told(answer.statusCode(), answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
