package io.tidings.spring.torture;

import io.tidings.message.Secret;
import io.tidings.test.SignedWebhook;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A provider that calls back at a steady pace, whatever becomes of the calls before: each has a time at which it is due, and
 * its answer is late by what has passed since then, waiting to be sent included. Failures are repeated by Twilio's rule for
 * {@code rp=all}, at once and within 15 s.
 *
 * <p>Arguments: the port, the auth token, how many a second, how often it repeats, the file with the {@linkplain Callback
 * callbacks}, and that for the {@linkplain Answers answers}.
 */
final class FloodMain {
    static final String BEGAN = "began at ";
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(15);

    private final ConcurrentLinkedQueue<Answers.Answer> answers = new ConcurrentLinkedQueue<>();
    private final HttpClient client = HttpClient.newBuilder()
            .executor(Executors.newFixedThreadPool(2))
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final int perSecond;
    private final int repetitions;

    private FloodMain(int perSecond, int repetitions) {
        this.perSecond = perSecond;
        this.repetitions = repetitions;
    }

    /**
     * A status to tell.
     *
     * @param url where, as the provider was told it
     * @param sid the provider's name of the message
     * @param status in the provider's words
     * @param code its error code, 0 for none
     */
    record Callback(URI url, String sid, String status, int code) {
        static Callback parse(String line) {
            String[] parts = line.split("\t", -1);
            return new Callback(URI.create(parts[0]), parts[1], parts[2], Integer.parseInt(parts[3]));
        }

        String line() {
            return String.join("\t", url.toString(), sid, status, Integer.toString(code));
        }

        /** Signed for the public address, and sent to this port, as a proxy in front of it does. */
        HttpRequest request(int port, Secret token) {
            SignedWebhook form = SignedWebhook.status(url, sid, status);
            if (code > 0) {
                form = form.with("ErrorCode", Integer.toString(code));
            }
            return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + url.getRawPath()))
                    .header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
                    .header("X-Twilio-Signature", form.signature(token))
                    .timeout(Duration.ofNanos(PATIENCE))
                    .POST(BodyPublishers.ofByteArray(form.body()))
                    .build();
        }
    }

    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[0]);
        Secret token = new Secret(arguments[1]);
        List<HttpRequest> requests = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(arguments[4]))) {
            requests.add(Callback.parse(line).request(port, token));
        }
        FloodMain flood = new FloodMain(Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
        flood.run(requests);
        Answers.write(Path.of(arguments[5]), flood.answers);
        System.exit(0);
    }

    private void run(List<HttpRequest> requests) {
        List<CompletableFuture<Void>> all = new ArrayList<>(requests.size());
        // Dates are for whoever stops the database; spans are measured by the other clock.
        System.out.println(BEGAN + System.currentTimeMillis());
        long began = System.nanoTime();
        for (int number = 0; number < requests.size(); number++) {
            long due = began + number * TimeUnit.SECONDS.toNanos(1) / perSecond;
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            all.add(call(requests.get(number), new Turn(number, began, due, due, 1)));
        }
        all.forEach(CompletableFuture::join);
    }

    /** One try of a callback: of which one, when all began, and when it was due first and now. */
    private record Turn(int number, long began, long first, long due, int tries) {
        Answers.Answer answered(int status) {
            long now = System.nanoTime();
            return new Answers.Answer(number, tries, status, micros(due - began), micros(now - due));
        }

        private static long micros(long nanos) {
            return TimeUnit.NANOSECONDS.toMicros(nanos);
        }

        Turn next() {
            return new Turn(number, began, first, System.nanoTime(), tries + 1);
        }
    }

    private CompletableFuture<Void> call(HttpRequest request, Turn turn) {
        return client.sendAsync(request, BodyHandlers.discarding())
                .thenApply(HttpResponse::statusCode)
                .exceptionally(failed -> 0)
                .thenCompose(status -> {
                    answers.add(turn.answered(status));
                    boolean failed = status == 0 || status >= 400;
                    boolean more = turn.tries() <= repetitions && System.nanoTime() - turn.first() < PATIENCE;
                    return failed && more ? call(request, turn.next()) : CompletableFuture.completedFuture(null);
                });
    }
}
