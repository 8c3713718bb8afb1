package io.tidings.vault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tidings.message.TimeSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Vault's HTTP API as far as it is used, by its documentation: AppRole, tokens that end, key-value version 2. */
final class VaultStub implements AutoCloseable {
    static final String ROLE = "a3b1c2d4-role";
    static final String SECRET_ID = "the secret id of the role";
    static final String ROOT = "hvs.a token without an end";

    private static final ObjectMapper JSON = new ObjectMapper();

    final List<String> requests = new CopyOnWriteArrayList<>();
    final Map<String, Map<String, String>> secrets = new ConcurrentHashMap<>();
    private final Map<String, Long> tokens = new ConcurrentHashMap<>();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final TimeSource time;
    volatile Duration ttl = Duration.ofHours(1);
    volatile boolean renewable = true;
    volatile boolean sealed;
    volatile @Nullable String namespace;

    VaultStub(TimeSource time) throws IOException {
        this.time = time;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/v1/", this::answer);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    void put(String path, String account, String token, String... second) {
        Map<String, String> settings =
                new ConcurrentHashMap<>(Map.of("TWILIO_ACCOUNT_SID", account, "TWILIO_AUTH_TOKEN", token));
        if (second.length > 0) {
            settings.put("TWILIO_AUTH_TOKEN_SECONDARY", second[0]);
        }
        secrets.put(path, settings);
    }

    void revokeAll() {
        tokens.clear();
    }

    long count(String what) {
        return requests.stream().filter(each -> each.endsWith(what)).count();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring("/v1/".length());
        requests.add(exchange.getRequestMethod() + " " + path);
        byte[] body = exchange.getRequestBody().readAllBytes();
        ObjectNode json = JSON.createObjectNode();
        int status = sealed ? 503 : status(exchange, path, body.length == 0 ? json : JSON.readTree(body), json);
        byte[] bytes = JSON.writeValueAsBytes(json);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private int status(HttpExchange exchange, String path, JsonNode in, ObjectNode out) {
        String wanted = namespace;
        if (wanted != null && !wanted.equals(exchange.getRequestHeaders().getFirst("X-Vault-Namespace"))) {
            return 403;
        }
        if (path.equals("auth/approle/login")) {
            boolean right = in.path("role_id").asText().equals(ROLE)
                    && in.path("secret_id").asText().equals(SECRET_ID);
            return right ? grant("hvs." + requests.size(), out) : 400;
        }
        String token = exchange.getRequestHeaders().getFirst("X-Vault-Token");
        if (token == null || !isValid(token)) {
            return 403;
        }
        if (path.equals("auth/token/lookup-self")) {
            out.putObject("data")
                    .put("ttl", token.equals(ROOT) ? 0 : ttl.toSeconds())
                    .put("renewable", !token.equals(ROOT) && renewable);
            return 200;
        }
        if (path.equals("auth/token/renew-self")) {
            return renewable ? grant(token, out) : 400;
        }
        return read(path, out);
    }

    private boolean isValid(String token) {
        Long until = tokens.get(token);
        return token.equals(ROOT) || (until != null && time.nanos() - until < 0);
    }

    private int grant(String token, ObjectNode out) {
        tokens.put(token, time.nanos() + ttl.toNanos());
        out.putObject("auth")
                .put("client_token", token)
                .put("lease_duration", ttl.toSeconds())
                .put("renewable", renewable);
        return 200;
    }

    private int read(String path, ObjectNode out) {
        List<String> known = new ArrayList<>(secrets.keySet());
        String found = known.stream()
                .filter(each -> path.equals("secret/data/" + each))
                .findFirst()
                .orElse("");
        Map<String, String> settings = secrets.get(found);
        if (settings == null) {
            out.putArray("errors");
            return 404;
        }
        ObjectNode data = out.putObject("data");
        ObjectNode values = data.putObject("data");
        settings.forEach(values::put);
        data.putObject("metadata").put("version", 1);
        return 200;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
