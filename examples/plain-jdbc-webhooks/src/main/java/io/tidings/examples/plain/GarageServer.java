package io.tidings.examples.plain;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tidings.webhook.JdkHttpBinding;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** The garage's pages and the provider's webhooks, on the JDK's own server. */
final class GarageServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(8);

    private GarageServer(HttpServer server) {
        this.server = server;
    }

    /** Takes the port, 0 for any free one; nothing is answered before {@link #answer}. */
    static GarageServer on(int port) throws IOException {
        return new GarageServer(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0));
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Where the provider calls. */
    URI webhooks() {
        return url().resolve("/tidings");
    }

    // tag::answer
    void answer(Garage garage) {
        server.createContext("/tidings", JdkHttpBinding.of(garage.tidings().webhooks()));
        server.createContext("/cars", exchange -> answer(exchange, garage));
        server.setExecutor(threads);
        server.start();
    }
    // end::answer

    private static void answer(HttpExchange exchange, Garage garage) throws IOException {
        try (exchange) {
            try {
                serve(exchange, garage);
            } catch (NoSuchElementException | NumberFormatException e) {
                say(exchange, 404, "there is no such car");
            } catch (SQLException e) {
                say(exchange, 503, "the database does not answer; nothing was done");
            }
        }
    }

    private static void serve(HttpExchange exchange, Garage garage) throws IOException, SQLException {
        String[] path = exchange.getRequestURI().getPath().split("/", -1);
        boolean post = exchange.getRequestMethod().equals("POST");
        if (path.length == 2 && path[1].equals("cars") && !post) {
            say(exchange, 200, garage.cars().stream().map(Car::toString).collect(Collectors.joining("\n")));
        } else if (path.length == 4 && path[3].equals("ready") && post) {
            say(exchange, 200, "message " + garage.markReady(Long.parseLong(path[2])));
        } else {
            say(exchange, 404, "try GET /cars or POST /cars/1/ready");
        }
    }

    private static void say(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = (text + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
