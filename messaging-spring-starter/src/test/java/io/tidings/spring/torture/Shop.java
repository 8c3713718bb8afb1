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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An {@link AppMain} in a process of its own, over this server and this provider, used over its HTTP API alone. */
final class Shop implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KEY = "a-test-not-a-secret";
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
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("server.port", 0);
        settings.put("server.address", "127.0.0.1");
        settings.put("spring.datasource.url", server.url());
        settings.put("spring.datasource.username", "postgres");
        settings.put("tidings.provider", "twilio");
        settings.put("tidings.from", AppMain.SENDER);
        settings.put("tidings.home-country", "US");
        settings.put("tidings.public-url", "https://shop.example.com");
        settings.put("tidings.secret", "0123456789abcdef0123456789abcdef-a-test-not-a-secret");
        settings.put("tidings.twilio.base-url", sandbox.url());
        settings.put("tidings.twilio.account-sid", sandbox.accountSid());
        settings.put("tidings.twilio.auth-token", sandbox.authToken());
        settings.put("tidings.rest.enabled", true);
        settings.put("tidings.rest.keys[0].id", "flood");
        settings.put("tidings.rest.keys[0].hash", hash());
        settings.put("tidings.rest.keys[0].scopes", "send");
        settings.put("torture.told", told);
        settings.put("torture.horizon", horizon);
        List<String> arguments = new ArrayList<>();
        settings.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        return new Shop(Jvm.start(AppMain.class, List.of("-Xmx512m"), arguments), told);
    }

    private static String hash() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(KEY.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
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
                .header("Authorization", "Bearer flood." + KEY)
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
