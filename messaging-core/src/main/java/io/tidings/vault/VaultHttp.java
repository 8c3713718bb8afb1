package io.tidings.vault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Requests to Vault: each ends by its deadline, follows no redirect and quotes nothing that came back. */
final class VaultHttp {
    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http;
    private final URI address;
    private final @Nullable String namespace;

    /** A status, and the JSON that came with it; a missing node if that was none. */
    record Answer(int status, JsonNode body) {
        boolean isOk() {
            return status == 200;
        }

        /** Vault is sealed, a standby, overloaded or in trouble: another try may do. */
        boolean isTrouble() {
            return status >= 500 || status == 429 || status == 472 || status == 473;
        }
    }

    VaultHttp(URI address, @Nullable String namespace, @Nullable SSLContext trust) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(DEADLINE);
        if (trust != null) {
            builder.sslContext(trust);
        }
        this.http = builder.build();
        this.address = address;
        this.namespace = namespace;
    }

    /** Throws {@link VaultTroubleException} if there is no answer, or one that another try may better. */
    Answer get(String path, String token) {
        return send(request(path, token).GET());
    }

    /** The same for a request with a body. */
    Answer post(String path, @Nullable String token, JsonNode body) {
        return send(request(path, token).POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    private HttpRequest.Builder request(String path, @Nullable String token) {
        String base = address.toString();
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + "/v1/" + path))
                .header("X-Vault-Request", "true")
                .header("Content-Type", "application/json")
                .timeout(DEADLINE);
        if (token != null) {
            request.header("X-Vault-Token", token);
        }
        return namespace == null ? request : request.header("X-Vault-Namespace", namespace);
    }

    private Answer send(HttpRequest.Builder request) {
        CompletableFuture<HttpResponse<byte[]>> call =
                http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        try {
            HttpResponse<byte[]> response = call.get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
            Answer answer = new Answer(response.statusCode(), json(response.body()));
            if (answer.isTrouble()) {
                throw new VaultTroubleException("Vault answered HTTP " + answer.status());
            }
            return answer;
        } catch (ExecutionException e) {
            throw new VaultTroubleException("Vault does not answer");
        } catch (TimeoutException e) {
            call.cancel(true);
            throw new VaultTroubleException("Vault did not answer within " + DEADLINE.toSeconds() + " s");
        } catch (InterruptedException e) {
            call.cancel(true);
            Thread.currentThread().interrupt();
            throw new VaultTroubleException("interrupted while asking Vault");
        }
    }

    private static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(new String(body, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
