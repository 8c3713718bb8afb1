package io.tidings.spring.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidings.spring.SandboxTransportAutoConfiguration;
import io.tidings.spring.TidingsAutoConfiguration;
import io.tidings.spring.TidingsCustomizer;
import io.tidings.spring.TidingsStoresAutoConfiguration;
import io.tidings.spring.TidingsWebhookAutoConfiguration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;

/** An application with the API on a free port of the loopback interface, in memory and beside a sandbox. */
final class RestRig {
    static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private WebApplicationContextRunner runner = new WebApplicationContextRunner(
                    AnnotationConfigServletWebServerApplicationContext::new)
            .withConfiguration(AutoConfigurations.of(
                    TomcatServletWebServerAutoConfiguration.class,
                    SandboxTransportAutoConfiguration.class,
                    TidingsStoresAutoConfiguration.class,
                    TidingsAutoConfiguration.class,
                    TidingsRestAutoConfiguration.class))
            .withPropertyValues(
                    "server.port=0",
                    "server.address=127.0.0.1",
                    "tidings.provider=sandbox",
                    "tidings.store=memory",
                    "tidings.tenant-settings=true",
                    "tidings.rest.enabled=true");
    private final List<String> properties = new ArrayList<>();
    private int keys;

    /** The provider's callbacks arrive too, on a port that is known before the start. */
    RestRig withWebhooks() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            properties.add("server.port=" + free.getLocalPort());
        }
        runner = runner.withConfiguration(AutoConfigurations.of(TidingsWebhookAutoConfiguration.class));
        return this;
    }

    RestRig with(String... more) {
        properties.addAll(List.of(more));
        return this;
    }

    /** Something that the application says of the system itself. */
    RestRig customized(TidingsCustomizer customizer) {
        runner = runner.withBean("ofTheApplication", TidingsCustomizer.class, () -> customizer);
        return this;
    }

    /** Something that the application has beside the API. */
    RestRig in(UnaryOperator<WebApplicationContextRunner> application) {
        runner = application.apply(runner);
        return this;
    }

    /** A key whose secret is known to {@link #bearer}. */
    RestRig withKey(String id, String... settings) {
        String key = "tidings.rest.keys[" + keys++ + "].";
        properties.add(key + "id=" + id);
        properties.add(key + "hash=" + hash("secret-of-" + id));
        for (String setting : settings) {
            properties.add(key + setting);
        }
        return this;
    }

    private static String hash(String secret) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static String bearer(String id) {
        return "Bearer " + id + ".secret-of-" + id;
    }

    void run(ContextConsumer<AssertableWebApplicationContext> test) {
        runner.withPropertyValues(properties.toArray(String[]::new)).run(test);
    }

    /** An answer, and what it says. */
    record Told(int status, HttpResponse<String> response) {
        JsonNode json() throws IOException {
            return JSON.readTree(response.body());
        }

        String code() throws IOException {
            assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
            return json().get("code").textValue();
        }
    }

    Told call(AssertableWebApplicationContext context, String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("Content-Type", "application/json"));
        return send(context, method, path, BodyPublishers.ofString(body), all.toArray(String[]::new));
    }

    Told send(
            AssertableWebApplicationContext context, String method, String path, BodyPublisher body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url(context, path))
                .timeout(Duration.ofMinutes(2))
                .method(method, body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
        return new Told(response.statusCode(), response);
    }

    Told get(URI url) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(url).timeout(Duration.ofMinutes(2)).build(), BodyHandlers.ofString());
        return new Told(response.statusCode(), response);
    }

    /** Where the application listens. */
    static URI server(AssertableWebApplicationContext context) {
        AnnotationConfigServletWebServerApplicationContext server =
                (AnnotationConfigServletWebServerApplicationContext) context.getSourceApplicationContext();
        return URI.create("http://127.0.0.1:" + server.getWebServer().getPort());
    }

    static URI url(AssertableWebApplicationContext context, String path) {
        return URI.create(server(context) + "/tidings/api/v1" + path);
    }
}
