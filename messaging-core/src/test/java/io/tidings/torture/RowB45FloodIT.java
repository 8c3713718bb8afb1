package io.tidings.torture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.tidings.dispatch.SenderRates;
import io.tidings.message.Category;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.message.Sender;
import io.tidings.message.TenantId;
import io.tidings.outbox.Messages;
import io.tidings.throttle.Rate;
import io.tidings.webhook.WebhookRequest;
import io.tidings.webhook.WebhookResponse;
import io.tidings.webhook.Webhooks;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many threads, tenants and senders at once: every message goes out once, or not at all where it was cancelled. */
@ExtendWith(Scoreboard.Keeper.class)
class RowB45FloodIT {
    private static final int THREADS = 8;
    private static final List<Category> CATEGORIES = List.of(Category.values());
    private static final String[] SENDERS = {Scene.SENDER, Scene.OTHER, "55514"};

    @Test
    void a_flood_from_eight_threads_goes_out_exactly_once(Scoreboard board) throws Exception {
        int messages = Scale.of(3_000, 20_000);
        long seed = Scale.seed();
        Scoreboard.Row row = board.row("flood", "concurrent send(), repeated callbacks", seed)
                .size("%d messages, 5 tenants, 3 senders", messages);
        try (Scene scene = scene(seed)) {
            Ledger ledger = new Ledger(scene.tidings);
            long began = System.nanoTime();
            inThreads(seed, (random, share) -> {
                for (int i = share; i < messages; i += THREADS) {
                    ledger.send(ledger.message(1 + random.nextInt(3))
                            .from(new Sender.ShortCode(SENDERS[random.nextInt(SENDERS.length)]))
                            .tenant(new TenantId("tenant-" + random.nextInt(5)))
                            .category(CATEGORIES.get(random.nextInt(CATEGORIES.size()))));
                }
                return null;
            });
            double sending = (System.nanoTime() - began) / 1e9;
            boolean delivered = Await.until(Duration.ofMinutes(2), ledger::isDelivered);
            double took = (System.nanoTime() - began) / 1e9;
            Ledger.Verdict verdict = ledger.verdict(scene.sandbox.log());
            Map<MessageStatus, Long> counts = scene.tidings.counts();
            row.figure("taken in %.1f s, all delivered after %.1f s, %s", sending, took, verdict);

            assertThat(delivered).isTrue();
            assertThat(verdict.accepted()).isEqualTo(messages);
            assertThat(verdict.duplicates()).isZero();
            assertThat(scene.sandbox.log().creates()).hasSize(messages);
            assertThat(counts).containsExactly(Map.entry(MessageStatus.DELIVERED, (long) messages));
            row.passed();
        }
    }

    @Test
    void a_cancelled_message_never_left_and_one_that_left_was_not_cancelled(Scoreboard board) throws Exception {
        int races = Scale.of(1_000, 10_000);
        long seed = Scale.seed();
        Scoreboard.Row row = board.row("B-45", "cancel against dispatch", seed).size("%d races", races);
        Map<MessageId, Messages.Cancellation> answers = new ConcurrentHashMap<>();
        try (Scene scene = scene(seed)) {
            Ledger ledger = new Ledger(scene.tidings);
            warmUp(scene);
            inThreads(seed, (random, share) -> {
                for (int i = share; i < races; i += THREADS) {
                    MessageId id = ledger.send(ledger.message(1));
                    LockSupport.parkNanos((long) random.nextInt(3) * random.nextInt(4_000_000));
                    answers.put(id, scene.tidings.cancel(id));
                }
                return null;
            });
            long canceled = answers.values().stream()
                    .filter(answer -> answer == Messages.Cancellation.CANCELED)
                    .count();
            boolean ended = Await.until(
                    Duration.ofSeconds(60),
                    () -> scene.tidings.counts().getOrDefault(MessageStatus.DELIVERED, 0L) + canceled == races + 1);
            Map<String, Integer> truth = scene.sandbox.log().acceptedByBody();
            long both = ledger.sent().entrySet().stream()
                    .filter(entry -> truth.containsKey(entry.getKey())
                            == (answers.get(entry.getValue()) == Messages.Cancellation.CANCELED))
                    .count();
            row.figure("%d cancelled, %d too late, %d both or neither", canceled, races - canceled, both);

            assertThat(ended).isTrue();
            assertThat(both).isZero();
            assertThat(truth.values()).containsOnly(1);
            assertThat(canceled).isBetween(races / 20L, races - races / 20L);
            assertThat(scene.tidings.counts())
                    .containsOnly(
                            Map.entry(MessageStatus.CANCELED, canceled),
                            Map.entry(MessageStatus.DELIVERED, races + 1 - canceled));
            row.passed();
        }
    }

    /** The first message also opens the connection, and takes from the bucket: only a full one lets messages race at once. */
    private static void warmUp(Scene scene) {
        MessageId first = scene.tidings.sms("+12025559999", "Ready?").id();
        Await.until(
                Duration.ofSeconds(10),
                () -> scene.tidings.find(first).orElseThrow().status() == MessageStatus.DELIVERED);
        Await.pass(Duration.ofSeconds(1));
    }

    private static Scene scene(long seed) {
        return Scene.of(seed)
                .sandbox(settings -> settings.sender(SENDERS[2], 100_000))
                .receiver(Repeating::new)
                .tidings(settings -> settings.rates(SenderRates.defaults()
                        .with(new Sender.ShortCode(SENDERS[0]), Rate.perSecond(400))
                        .with(new Sender.ShortCode(SENDERS[1]), Rate.perSecond(400))
                        .with(new Sender.ShortCode(SENDERS[2]), Rate.perSecond(400))))
                .start();
    }

    /** What each of the threads does, with chance and number of its own. */
    private interface Part {
        Void run(Random random, int number) throws InterruptedException;
    }

    private static void inThreads(long seed, Part part) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Void>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int number = i;
                Random random = new Random(seed + i);
                running.add(pool.submit((Callable<Void>) () -> part.run(random, number)));
            }
            for (Future<Void> each : running) {
                each.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    /** Hears every callback one to three times. */
    private record Repeating(Webhooks webhooks) implements HttpHandler {
        @Override
        public void handle(HttpExchange exchange) throws IOException {
            try (exchange) {
                WebhookRequest request = new WebhookRequest(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().toString(),
                        exchange.getRequestHeaders(),
                        exchange.getRequestBody().readAllBytes());
                WebhookResponse response = webhooks.handle(request);
                for (int more = ThreadLocalRandom.current().nextInt(3); more > 0; more--) {
                    response = webhooks.handle(request);
                }
                exchange.sendResponseHeaders(response.status(), -1);
            }
        }
    }
}
