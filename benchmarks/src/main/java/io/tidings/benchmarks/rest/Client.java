package io.tidings.benchmarks.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Asks an application on this machine, as its administrator. */
final class Client {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port;

    Client(int port) {
        this.port = port;
    }

    /** An answer, and how long it took. */
    record Told(JsonNode json, double millis) {}

    Told get(String tenant, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/tidings/api/v1" + path))
                .header("X-Tidings-Tenant", tenant)
                .timeout(Duration.ofMinutes(5))
                .build();
        long began = System.nanoTime();
        HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
        double millis = (System.nanoTime() - began) / 1e6;
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(
                    answer.statusCode() + " for " + path + ": " + new String(answer.body(), StandardCharsets.UTF_8));
        }
        return new Told(JSON.readTree(answer.body()), millis);
    }
}
