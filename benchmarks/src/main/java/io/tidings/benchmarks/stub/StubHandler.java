package io.tidings.benchmarks.stub;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.SameThreadExecutor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Answers creates and the benchmark's questions about them. Everything but the delay runs on the server's one I/O thread,
 * so nothing here is shared.
 */
final class StubHandler implements HttpHandler {
    private static final int CREATED = 201;

    private static final long REPORT_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final DelayLine replies = new DelayLine();
    private final DelayLine reports = new DelayLine();
    private final CreatedMessage created = new CreatedMessage();
    private final Deque<Waiter> waiters = new ArrayDeque<>();
    private long delayNanos;
    /** When each POST since the last reset came in, in microseconds of the date. */
    private long[] arrivals = new long[1 << 16];

    private int posts;
    private @Nullable CallbackLine callbacks;

    private record Waiter(int posts, HttpServerExchange exchange) {}

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        String path = exchange.getRequestPath();
        if (path.endsWith("/Messages.json")) {
            create(exchange);
        } else if (path.startsWith("/control/")) {
            control(path.substring("/control/".length()), exchange);
        } else {
            answer(exchange, 200, "{\"status\":\"active\",\"type\":\"Full\"}");
        }
    }

    private void create(HttpServerExchange exchange) {
        if (posts == arrivals.length) {
            arrivals = Arrays.copyOf(arrivals, 2 * posts);
        }
        arrivals[posts++] = Stub.micros();
        CreatedMessage.Created message = created.next();
        CallbackLine line = callbacks;
        if (line == null) {
            reply(exchange, message.body());
        } else {
            exchange.getRequestReceiver().receiveFullString((received, form) -> {
                long due = System.nanoTime() + delayNanos + REPORT_AFTER_NANOS;
                reports.at(due, () -> line.delivered(form, message.sid()));
                reply(exchange, message.body());
            });
        }
        while (!waiters.isEmpty() && waiters.peek().posts() <= posts) {
            arrived(waiters.poll());
        }
    }

    private void reply(HttpServerExchange exchange, String body) {
        if (delayNanos == 0) {
            answer(exchange, CREATED, body);
        } else {
            long due = System.nanoTime() + delayNanos;
            exchange.dispatch(
                    SameThreadExecutor.INSTANCE,
                    () -> replies.at(due, () -> exchange.getIoThread().execute(() -> answer(exchange, CREATED, body))));
        }
    }

    private void control(String command, HttpServerExchange exchange) {
        int number = Integer.parseInt(exchange.getQueryString().isEmpty() ? "0" : exchange.getQueryString());
        switch (command) {
            case "reset" -> {
                posts = 0;
                delayNanos = TimeUnit.MILLISECONDS.toNanos(number);
                answer(exchange, 200, "0");
            }
            case "callbacks" -> {
                if (callbacks != null) {
                    callbacks.end();
                }
                callbacks = number == 0 ? null : new CallbackLine(number);
                answer(exchange, 200, "0");
            }
            case "posts" -> answer(exchange, 200, Integer.toString(posts));
            case "await" -> {
                Waiter waiter = new Waiter(number, exchange);
                exchange.dispatch(SameThreadExecutor.INSTANCE, () -> {
                    if (number <= posts) {
                        arrived(waiter);
                    } else {
                        waiters.add(waiter);
                    }
                });
            }
            default -> answer(exchange, 404, "");
        }
    }

    /** Tells when the POST of that number, counted from one, came in. */
    private void arrived(Waiter waiter) {
        answer(waiter.exchange(), 200, Long.toString(arrivals[waiter.posts() - 1]));
    }

    private static void answer(HttpServerExchange exchange, int status, String body) {
        exchange.setStatusCode(status);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
        exchange.getResponseSender().send(body, StandardCharsets.US_ASCII);
    }
}
