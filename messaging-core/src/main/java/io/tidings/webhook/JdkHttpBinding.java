package io.tidings.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Connects {@link Webhooks} to the JDK's own HTTP server. A binding to any other server looks the same. */
public final class JdkHttpBinding {
    private JdkHttpBinding() {}

    /** A handler for {@code HttpServer.createContext}. Reads at most one byte more than a callback may have. */
    public static HttpHandler of(Webhooks webhooks) {
        return exchange -> {
            try (exchange) {
                byte[] body = exchange.getRequestBody().readNBytes(Webhooks.MAX_BODY_BYTES + 1);
                String target = exchange.getRequestURI().toString();
                answer(
                        exchange,
                        webhooks.handle(new WebhookRequest(
                                exchange.getRequestMethod(), target, exchange.getRequestHeaders(), body)));
            }
        };
    }

    private static void answer(HttpExchange exchange, WebhookResponse response) throws IOException {
        byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
        if (body.length == 0 || exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(response.status(), -1);
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", response.contentType());
        exchange.sendResponseHeaders(response.status(), body.length);
        exchange.getResponseBody().write(body);
    }
}
