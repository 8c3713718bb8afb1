package io.tidings.spring.torture;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidings.sandbox.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An {@link AppMain} in a process of its own, over this server and this provider, used over its HTTP API alone. */
final class Shop implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BATCH = 500;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Jvm process;
    private final Path told;
    private final int port;

    private Shop(Jvm process, Path told) {
        this.process = process;
        this.told = told;
        this.port = Integer.parseInt(process.told(AppMain.LISTENS));
    }

    /** Starts one that asks the provider about a message this long after it was sent. */
    static Shop open(Server server, Sandbox sandbox, Path folder, Duration horizon) {
        Path told = folder.resolve("told");
        Settings settings =
                Settings.of(server.url(), sandbox).with("torture.told", told).with("torture.horizon", horizon);
        return new Shop(Jvm.start(AppMain.class, List.of("-Xmx512m"), settings.arguments()), told);
    }

    int port() {
        return port;
    }

    /** Stores messages to the hundred numbers of tests in turn, by batches. */
    void send(String texts, int count) {
        for (int from = 0; from < count; from += BATCH) {
            ObjectNode batch = JSON.createObjectNode();
            ArrayNode messages = batch.putArray("messages");
            for (int number = from; number < Math.min(count, from + BATCH); number++) {
                messages.addObject()
                        .put("to", "+1202555%04d".formatted(100 + number % 100))
                        .put("text", texts + " " + number);
            }
            HttpResponse<String> answer = post("/messages/batch", batch.toString());
            if (answer.statusCode() != 201) {
                throw new IllegalStateException(answer.statusCode() + " " + answer.body());
            }
        }
    }

    private HttpResponse<String> post(String path, String json) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/tidings/api/v1" + path))
                .header("Authorization", Settings.BEARER)
                .header("Content-Type", "application/json")
                .timeout(Duration.ofMinutes(1))
                .POST(BodyPublishers.ofString(json))
                .build();
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(process.all(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Where the provider was told to call back about each message that it took, by its SID. */
    Map<String, URI> addresses() {
        try {
            Map<String, URI> addresses = new LinkedHashMap<>();
            if (Files.exists(told)) {
                for (String line : Files.readAllLines(told)) {
                    String[] parts = line.split("\t", -1);
                    addresses.put(parts[0], URI.create(parts[1]));
                }
            }
            return addresses;
        } catch (IOException e) {
            throw new UncheckedIOException("the addresses cannot be read", e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
