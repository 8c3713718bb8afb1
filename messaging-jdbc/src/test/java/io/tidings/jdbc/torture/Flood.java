package io.tidings.jdbc.torture;

import io.tidings.message.Secret;
import io.tidings.test.SignedWebhook;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A provider that calls back at a steady pace, {@code sent} and {@code delivered} for each message, and notes how long each
 * answer took. On the JDK's client, whose one connection a request does not hold back the next one.
 */
final class Flood {
    private static final Duration GIVES_UP = Duration.ofSeconds(15);
    private static final int MOST_TIMES = 30;

    private final Secret token;
    private final List<Callback> callbacks;
    private final int perSecond;
    private final boolean again;
    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(4, 4, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
    private final HttpClient client = HttpClient.newBuilder()
            .executor(threads)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();
    private volatile long stallFrom = Long.MAX_VALUE;
    private volatile long stallUntil = Long.MAX_VALUE;

    /** Where to tell of a message, and its name at the provider. */
    record Callback(URI address, String sid) {}

    private record Answer(int status, long begun, long nanos) {}

    /**
     * What was answered.
     *
     * @param kept 204
     * @param unavailable 503
     * @param other anything else, no answer included
     * @param usual of a hundred answers outside of the stall, how long the slowest but one took
     * @param slowest of all
     */
    record Seen(long kept, long unavailable, long other, Duration usual, Duration slowest) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "204 %d times, 503 %d, others %d, p99 outside the stall %d ms, slowest of all %d ms",
                    kept,
                    unavailable,
                    other,
                    usual.toMillis(),
                    slowest.toMillis());
        }
    }

    /** Repeats what was answered 503, as Twilio does when its connection overrides say so, or not. */
    Flood(List<Callback> callbacks, Secret token, int perSecond, boolean again) {
        this.callbacks = List.copyOf(callbacks);
        this.token = token;
        this.perSecond = perSecond;
        this.again = again;
    }

    void stallBegins() {
        stallFrom = System.nanoTime();
    }

    /** Answers are usual again a second later. */
    void stallEnds() {
        stallUntil = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
    }

    /** Calls until all callbacks have been made, and waits for the answers. */
    Seen run() {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        long began = System.nanoTime();
        for (int i = 0; i < 2 * callbacks.size(); i++) {
            long due = began + i * TimeUnit.SECONDS.toNanos(1) / perSecond;
            Await.pass(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
            Callback callback = callbacks.get(i / 2);
            all.add(call(request(callback, i % 2 == 0 ? "sent" : "delivered"), 1));
        }
        all.forEach(CompletableFuture::join);
        threads.shutdown();
        return seen();
    }

    private HttpRequest request(Callback callback, String word) {
        SignedWebhook form = SignedWebhook.status(callback.address(), callback.sid(), word);
        return HttpRequest.newBuilder(callback.address())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("X-Twilio-Signature", form.signature(token))
                .timeout(GIVES_UP)
                .POST(BodyPublishers.ofByteArray(form.body()))
                .build();
    }

    private CompletableFuture<Void> call(HttpRequest request, int time) {
        long begun = System.nanoTime();
        return client.sendAsync(request, BodyHandlers.discarding())
                .thenApply(HttpResponse::statusCode)
                .exceptionally(failed -> 0)
                .thenCompose(status -> {
                    answers.add(new Answer(status, begun, System.nanoTime() - begun));
                    return status == 503 && again && time < MOST_TIMES
                            ? later().thenCompose(waited -> call(request, time + 1))
                            : CompletableFuture.completedFuture(null);
                });
    }

    private CompletableFuture<Void> later() {
        return CompletableFuture.runAsync(
                () -> {}, CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS, threads));
    }

    private Seen seen() {
        List<Long> outside = answers.stream()
                .filter(answer -> answer.begun() + answer.nanos() < stallFrom || answer.begun() > stallUntil)
                .map(Answer::nanos)
                .sorted()
                .toList();
        long slowest = answers.stream().mapToLong(Answer::nanos).max().orElseThrow();
        return new Seen(
                count(204),
                count(503),
                answers.size() - count(204) - count(503),
                Duration.ofNanos(outside.isEmpty() ? 0 : outside.get((int) (outside.size() * 0.99))),
                Duration.ofNanos(slowest));
    }

    private long count(int status) {
        return answers.stream().filter(answer -> answer.status() == status).count();
    }
}
