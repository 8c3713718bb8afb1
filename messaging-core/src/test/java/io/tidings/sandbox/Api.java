package io.tidings.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;

/** A plain client of the sandbox, written for tests with nothing of ours. */
final class Api {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final Sandbox sandbox;
    private final String user;
    private final String password;

    Api(Sandbox sandbox) {
        this(sandbox, sandbox.accountSid(), sandbox.authToken());
    }

    Api(Sandbox sandbox, String user, String password) {
        this.sandbox = sandbox;
        this.user = user;
        this.password = password;
    }

    String messages() {
        return "/2010-04-01/Accounts/" + sandbox.accountSid() + "/Messages.json";
    }

    String message(String sid) {
        return "/2010-04-01/Accounts/" + sandbox.accountSid() + "/Messages/" + sid + ".json";
    }

    HttpResponse<String> create(String... pairs) {
        return post(messages(), pairs);
    }

    String created(String... pairs) {
        HttpResponse<String> answer = create(pairs);
        if (answer.statusCode() != 201) {
            throw new AssertionError("Expected 201: " + answer.statusCode() + " " + answer.body());
        }
        return json(answer).path("sid").asText();
    }

    JsonNode fetch(String sid) {
        return json(get(message(sid)));
    }

    HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    HttpResponse<String> delete(String path) {
        return send(request(path).DELETE());
    }

    HttpResponse<String> post(String path, String... pairs) {
        return send(posting(path, pairs));
    }

    CompletableFuture<HttpResponse<String>> createLater(String... pairs) {
        return http.sendAsync(posting(messages(), pairs).build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> control(String path, String json) {
        return send(HttpRequest.newBuilder(URI.create(sandbox.url() + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    HttpRequest.Builder request(String path) {
        String url = path.startsWith("http") ? path : sandbox.url() + path;
        return HttpRequest.newBuilder(URI.create(url)).header("Authorization", authorization());
    }

    String authorization() {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private HttpRequest.Builder posting(String path, String... pairs) {
        return request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form(pairs)));
    }

    static String form(String... pairs) {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < pairs.length; i += 2) {
            form.append(i == 0 ? "" : "&")
                    .append(URLEncoder.encode(pairs[i], StandardCharsets.UTF_8))
                    .append('=')
                    .append(URLEncoder.encode(pairs[i + 1], StandardCharsets.UTF_8));
        }
        return form.toString();
    }

    static JsonNode json(HttpResponse<String> answer) {
        try {
            return MAPPER.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
