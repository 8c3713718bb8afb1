package io.tidings.jdbc.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.audit.Action;
import io.tidings.audit.AuditEntry;
import io.tidings.audit.AuditQuery;
import io.tidings.message.MessageId;
import io.tidings.outbox.Explanation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/**
 * Row 7: the database dies for good while messages flow, and its synchronous standby is promoted. What a node was told to be
 * committed is there, so nobody has to restart or to look anything up. Of a standby that was behind, what it never had is lost;
 * what it had as waiting and was sent meanwhile is found at the provider, because the nodes were restarted.
 */
class Row07FailoverIT {
    /** Segments per second of each of three senders, so that some still wait when the server dies. */
    private static final int SLOWLY = 4;

    @Test
    void a_promoted_synchronous_standby_has_everything() {
        int promotions = Size.of(1, 10);
        long seed = Size.seed();
        Random random = new Random(seed);
        try (Board row = Board.row("7", "fail-over to a synchronous standby", seed, promotions + " promotions");
                Pair pair = Pair.start();
                LocalTwilio twilio = LocalTwilio.start(seed);
                Node one = Node.on(Server.pool(pair.url(), 6), twilio);
                Node other = Node.on(Server.pool(pair.url(), 6), twilio)) {
            Orders shop = new Orders(one.tidings);
            AtomicBoolean open = new AtomicBoolean(true);
            CompletableFuture<Void> selling = CompletableFuture.runAsync(() -> {
                while (open.get()) {
                    shop.send(1, Duration.ofMillis(8));
                }
            });
            long longest = 0;
            for (int i = 0; i < promotions; i++) {
                Await.pass(Duration.ofMillis(random.nextInt(1_000, 2_000)));
                int before = shop.sentCount();
                long began = System.nanoTime();
                pair.failOver();
                assertThat(Await.until(Duration.ofSeconds(60), () -> shop.sentCount() > before + 5))
                        .as("send() works again")
                        .isTrue();
                longest = Math.max(longest, (System.nanoTime() - began) / 1_000_000);
            }
            open.set(false);
            selling.join();
            boolean done = shop.areDone(Duration.ofSeconds(150));

            Orders.Verdict verdict = shop.verdict(twilio.truth());
            // None may have met the death itself: then the pool waited for the new primary.
            row.figure("%d calls of send() repeated, with a new standby after %d ms at most", shop.repeated(), longest);
            row.figure("%s", verdict);
            assertThat(done).as("%s %s", one.tidings.counts(), verdict).isTrue();
            assertThat(verdict.holds()).as("%s", verdict).isTrue();
            assertThat(other.tidings.counts()).isEqualTo(one.tidings.counts());
            row.passed();
        }
    }

    @Test
    void of_a_standby_that_was_behind_what_it_never_had_is_lost_and_nothing_else_and_nothing_is_sent_twice() {
        int orders = Size.of(80, 800);
        int late = Size.of(10, 100);
        long seed = Size.seed();
        try (Board row = Board.row(
                        "7", "fail-over to a standby that was behind", seed, orders + " orders, " + late + " late");
                Pair pair = Pair.start();
                LocalTwilio twilio = LocalTwilio.start(seed)) {
            Map<String, MessageId> sent;
            try (Node before = new Node(
                    Server.pool(pair.url(), 6),
                    new Host(twilio.url, twilio.account, twilio.token, SLOWLY),
                    builder -> builder)) {
                Orders shop = new Orders(before.tidings);
                shop.sendAll(orders, 20);
                accepted(twilio, orders / 4);
                pair.loseStandby();
                shop.sendAll(late, late);
                accepted(twilio, orders / 2);
                sent = shop.sent();
            }
            pair.promoteLost();
            try (Node after = Node.on(Server.pool(pair.url(), 6), twilio)) {
                boolean done = new Orders(after.tidings).areDone(Duration.ofSeconds(150));
                Map<String, Integer> copies = Orders.copies(twilio.truth());
                int lost = 0;
                End ends = End.NONE;
                for (Map.Entry<String, MessageId> order : sent.entrySet()) {
                    Optional<Explanation> story = after.tidings.explain(order.getValue());
                    int times = copies.getOrDefault(order.getKey(), 0);
                    lost += story.isEmpty() ? 1 : 0;
                    ends = ends.plus(story.map(told -> End.of(told, times))
                            .orElse(new End(0, 0, 0, Math.max(0, times - 1), 0, 0)));
                }
                List<AuditEntry> found =
                        after.tidings.audit().search(AuditQuery.all().of(Action.STORE_RECONCILED));
                row.figure("%d of %d lost with the first server, %s", lost, sent.size(), ends);
                found.forEach(entry -> row.figure(
                        "%s found at the provider",
                        Objects.requireNonNull(entry.data()).details().get("recovered")));
                assertThat(done).as("%s", after.tidings.counts()).isTrue();
                assertThat(found)
                        .as("something was sent that the standby had as waiting")
                        .isNotEmpty();
                assertThat(lost).isEqualTo(late);
                assertThat(ends.holds()).as("%s", ends).isTrue();
                assertThat(ends.delivered()).isEqualTo(orders);
                row.passed();
            }
        }
    }

    private static void accepted(LocalTwilio twilio, int messages) {
        assertThat(Await.until(
                        Duration.ofMinutes(2), () -> twilio.truth().accepted().size() >= messages))
                .isTrue();
    }
}
