package io.tidings.spring.torture;

import io.tidings.message.Secret;
import io.tidings.test.SignedWebhook;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A provider that calls back at a steady pace, whatever becomes of the calls before: each has a time at which it is due, and
 * its answer is late by what has passed since then, waiting for a connection included. Failures are repeated by Twilio's rule
 * for {@code rp=all}, at once and within 15 s. Calls cost this process little, for the application shares the machine with it.
 *
 * <p>Arguments: the port, the auth token, how many a second, how often it repeats, the file with the {@linkplain Callback
 * callbacks}, and that for the {@linkplain Answers answers}.
 */
final class FloodMain {
    static final String BEGAN = "began at ";
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** As many as a proxy in front of the application keeps open. */
    private static final int CONNECTIONS = 100;

    private final ConcurrentLinkedQueue<Answers.Answer> answers = new ConcurrentLinkedQueue<>();
    private final BlockingQueue<Turn> due = new LinkedBlockingQueue<>();
    private final List<byte[]> requests;
    private final CountDownLatch open;
    private final int port;
    private final int perSecond;
    private final int repetitions;

    private FloodMain(List<byte[]> requests, int port, int perSecond, int repetitions) {
        this.requests = requests;
        this.open = new CountDownLatch(requests.size());
        this.port = port;
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
        byte[] request(int port, Secret token) {
            SignedWebhook form = SignedWebhook.status(url, sid, status);
            if (code > 0) {
                form = form.with("ErrorCode", Integer.toString(code));
            }
            byte[] body = form.body();
            String head = String.join(
                    "\r\n",
                    "POST " + url.getRawPath() + " HTTP/1.1",
                    "Host: 127.0.0.1:" + port,
                    "Content-Type: application/x-www-form-urlencoded; charset=UTF-8",
                    "X-Twilio-Signature: " + form.signature(token),
                    "Content-Length: " + body.length,
                    "",
                    "");
            ByteArrayOutputStream request = new ByteArrayOutputStream();
            request.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
            request.writeBytes(body);
            return request.toByteArray();
        }
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int port = Integer.parseInt(arguments[0]);
        Secret token = new Secret(arguments[1]);
        List<byte[]> requests = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(arguments[4]))) {
            requests.add(Callback.parse(line).request(port, token));
        }
        FloodMain flood = new FloodMain(requests, port, Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
        flood.run();
        Answers.write(Path.of(arguments[5]), flood.answers);
        System.exit(0);
    }

    private void run() throws InterruptedException {
        for (int i = 0; i < CONNECTIONS; i++) {
            Thread thread = new Thread(this::call, "flood-" + i);
            thread.setDaemon(true);
            thread.start();
        }
        // Dates are for whoever stops the database; spans are measured by the other clock.
        System.out.println(BEGAN + System.currentTimeMillis());
        long began = System.nanoTime();
        for (int number = 0; number < requests.size(); number++) {
            long at = began + number * TimeUnit.SECONDS.toNanos(1) / perSecond;
            for (long wait = at - System.nanoTime(); wait > 0; wait = at - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            due.add(new Turn(number, began, at, at, 1));
        }
        open.await();
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

    /** Makes the calls that are due, one after the other, over one connection. */
    private void call() {
        try (KeptConnection connection = new KeptConnection(port, PATIENCE)) {
            while (true) {
                Turn turn = due.take();
                int status = connection.call(requests.get(turn.number()));
                answers.add(turn.answered(status));
                boolean failed = status == 0 || status >= 400;
                boolean inTime = System.nanoTime() - turn.first() < PATIENCE.toNanos();
                if (failed && turn.tries() <= repetitions && inTime) {
                    due.add(turn.next());
                } else {
                    open.countDown();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
