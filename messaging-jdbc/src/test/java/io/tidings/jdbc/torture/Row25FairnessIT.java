package io.tidings.jdbc.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.message.MessageId;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Sender;
import io.tidings.message.TenantId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Row 25: a tenant with a few messages does not wait for the backlog of another one on the same sender. */
@Tag("alone")
class Row25FairnessIT {
    private static final Duration MOST = Duration.ofSeconds(5);
    private static final int FEW = 10;
    private static final int BATCH = 5_000;

    @Test
    void few_messages_of_one_tenant_overtake_the_backlog_of_another() {
        int backlog = Size.of(10_000, 1_000_000);
        long seed = Size.seed();
        try (Board row = Board.row("25", "fair between tenants", seed, backlog + " of one tenant, 10 of another");
                Server server = Server.start();
                LocalTwilio twilio = LocalTwilio.start(seed);
                Node node = Node.on(server.pool(8), twilio)) {
            for (int sent = 0; sent < backlog; sent += BATCH) {
                List<OutboundMessage> batch = new ArrayList<>();
                for (int i = 0; i < BATCH; i++) {
                    batch.add(message("big", sent + i));
                }
                node.tidings.sendAll(batch);
            }
            List<Long> waits = new ArrayList<>();
            for (int i = 0; i < FEW; i++) {
                long began = System.nanoTime();
                MessageId id = node.tidings.send(message("small", backlog + i)).id();
                assertThat(Await.until(MOST.multipliedBy(4), () -> hasLeft(node, id)))
                        .isTrue();
                waits.add((System.nanoTime() - began) / 1_000_000);
                Await.pass(Duration.ofMillis(200));
            }
            waits.sort(Long::compare);
            long slowest = waits.get(FEW - 1);
            row.figure("p50 %d ms, slowest %d ms", waits.get(FEW / 2), slowest);
            // Messages move on all the while, and one that does may be counted twice, but none is missed.
            assertThat(node.tidings.counts().values().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .isGreaterThanOrEqualTo(backlog + FEW);
            assertThat(slowest).isLessThanOrEqualTo(MOST.toMillis());
            row.passed();
        }
    }

    private static boolean hasLeft(Node node, MessageId id) {
        return !node.tidings.explain(id).orElseThrow().attempts().isEmpty();
    }

    private static OutboundMessage message(String tenant, int number) {
        return OutboundMessage.to(new PhoneNumber("+1202555%04d".formatted(100 + number % 100)))
                .from(new Sender.ShortCode(LocalTwilio.SENDER))
                .tenant(new TenantId(tenant))
                .text("Order " + number + " is ready.")
                .build();
    }
}
