package io.tidings.torture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.tidings.dispatch.SenderRates;
import io.tidings.message.Sender;
import io.tidings.outbox.PollPlan;
import io.tidings.sandbox.Delays;
import io.tidings.throttle.Rate;
import io.tidings.webhook.JdkHttpBinding;
import io.tidings.webhook.Webhooks;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Three of ten callbacks never arrive, whatever the provider repeats: asking closes every gap. */
@ExtendWith(Scoreboard.Keeper.class)
class Row28LostCallbacksIT {
    private static final double LOST = 0.3;
    /** The plan's waits of 1 and 5 minutes become 0.6 and 3 seconds; the sandbox delivers in a tenth of its usual time. */
    private static final double FACTOR = 0.01;

    private static final Pattern STATUS = Pattern.compile("MessageStatus=([a-z]+)");

    @Test
    void every_message_ends_although_three_of_ten_callbacks_are_lost(Scoreboard board) {
        int messages = Scale.of(500, 10_000);
        long seed = Scale.seed();
        Scoreboard.Row row =
                board.row("28", "lost callbacks", seed).size("%d messages, horizons x %.2f", messages, FACTOR);
        Set<String> arrived = ConcurrentHashMap.newKeySet();
        Set<String> dropped = ConcurrentHashMap.newKeySet();
        PollPlan plan = PollPlan.besideCallbacks().scaledBy(FACTOR);
        try (Scene scene = Scene.of(seed)
                .sandbox(settings -> settings.delays(Delays.realistic().times(0.1)))
                .receiver(webhooks -> new Lossy(webhooks, seed, arrived, dropped))
                .tidings(settings -> settings.polls(plan)
                        .rates(SenderRates.defaults().with(new Sender.ShortCode(Scene.SENDER), Rate.perSecond(300))))
                .start()) {
            Ledger ledger = new Ledger(scene.tidings);
            long began = System.nanoTime();
            ledger.send(messages);
            Duration horizon = plan.waits().stream().limit(3).reduce(Duration.ZERO, Duration::plus);
            Duration sending = Duration.ofSeconds(messages / 300 + 5);
            boolean ended = Await.until(sending.plus(horizon), ledger::isDelivered);
            double took = (System.nanoTime() - began) / 1e9;
            Ledger.Verdict verdict = ledger.verdict(scene.sandbox.log());
            row.figure("%d of %d callbacks lost", dropped.size(), arrived.size());
            row.figure("all final after %.1f s (3rd poll at %.1f s), %s", took, horizon.toMillis() / 1e3, verdict);

            assertThat(dropped.size()).isGreaterThan(messages / 4);
            assertThat(ended).isTrue();
            assertThat(verdict.accepted()).isEqualTo(messages);
            assertThat(verdict.duplicates() + verdict.lost() + verdict.held()).isZero();
            row.passed();
        }
    }

    /** Loses a callback for good: every try of it, half with an error and half by hanging up. */
    private record Lossy(Webhooks webhooks, HttpHandler handler, long seed, Set<String> arrived, Set<String> dropped)
            implements HttpHandler {
        Lossy(Webhooks webhooks, long seed, Set<String> arrived, Set<String> dropped) {
            this(webhooks, JdkHttpBinding.of(webhooks), seed, arrived, dropped);
        }

        @Override
        public void handle(HttpExchange exchange) throws IOException {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Matcher status = STATUS.matcher(new String(body, StandardCharsets.UTF_8));
            String event = exchange.getRequestURI().getPath() + (status.find() ? status.group(1) : "");
            SplittableRandom chance = new SplittableRandom(seed * 31 + event.hashCode());
            chance.nextLong();
            arrived.add(event);
            if (chance.nextDouble() >= LOST) {
                exchange.setStreams(new ByteArrayInputStream(body), null);
                handler.handle(exchange);
                return;
            }
            dropped.add(event);
            if (chance.nextBoolean()) {
                exchange.sendResponseHeaders(500, -1);
            }
            exchange.close();
        }
    }
}
