package io.tidings.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A host's webhook endpoint: keeps what arrives and answers the statuses it is told, then 204. */
final class Receiver implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final List<Integer> statuses;
    private volatile String type = "";
    private volatile String answer = "";
    private final Map<String, List<String>> answers = new ConcurrentHashMap<>();
    final List<Arrival> arrivals = new CopyOnWriteArrayList<>();

    record Arrival(String target, Map<String, List<String>> headers, Map<String, List<String>> form) {
        String header(String name) {
            return headers.getOrDefault(name, List.of("")).get(0);
        }

        String value(String name) {
            return form.getOrDefault(name, List.of("")).get(0);
        }
    }

    Receiver(Integer... statuses) {
        this.statuses = new ArrayList<>(List.of(statuses));
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(pool);
        server.start();
    }

    /** Answers so from now on, instead of with nothing. */
    void answer(String contentType, String body) {
        type = contentType;
        answer = body;
    }

    /** Answers so at this path, whatever it answers elsewhere. */
    void answerAt(String path, String contentType, String body) {
        answers.put(path, List.of(contentType, body));
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    List<String> told(String parameter) {
        return arrivals.stream().map(each -> each.value(parameter)).toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        arrivals.add(new Arrival(
                exchange.getRequestURI().toString(), Map.copyOf(exchange.getRequestHeaders()), Forms.parse(body)));
        int status;
        synchronized (statuses) {
            status = statuses.isEmpty() ? 204 : statuses.remove(0);
        }
        List<String> special = answers.getOrDefault(exchange.getRequestURI().getPath(), List.of(type, answer));
        if (status == 204 && !special.get(1).isEmpty()) {
            byte[] bytes = special.get(1).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", special.get(0));
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
            return;
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        pool.shutdownNow();
    }
}
