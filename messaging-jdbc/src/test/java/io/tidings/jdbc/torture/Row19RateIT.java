package io.tidings.jdbc.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.outbox.PollPlan;
import io.tidings.sandbox.LogEntry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Row 19: one node, its database and the sandbox on the same machine, and no rate to keep to. How fast it is belongs to the
 * benchmarks, which measure it alone on the machine; here it is told, and what is promised is that haste breaks nothing.
 */
class Row19RateIT {
    private static final int NO_LIMIT = 100_000;
    private static final int AT_ONCE = 500;

    @Test
    void one_node_sends_as_fast_as_it_can_and_every_message_once() {
        int messages = Size.of(1_000, 100_000);
        long seed = Size.seed();
        try (Board row = Board.row("19", "rate of one node", seed, messages + " messages, with callbacks");
                Server server = Server.start();
                LocalTwilio twilio = LocalTwilio.start(seed);
                Node node = new Node(
                        server.pool(10),
                        new Host(twilio.url, twilio.account, twilio.token, NO_LIMIT),
                        builder -> builder.polls(PollPlan.besideCallbacks()))) {
            Orders shop = new Orders(node.tidings);
            long began = System.nanoTime();
            shop.sendAll(messages, AT_ONCE);
            long takenIn = System.nanoTime() - began;
            boolean done = shop.areDone(Duration.ofSeconds(Size.of(90, 900)));
            long ended = System.nanoTime() - began;

            Orders.Verdict verdict = shop.verdict(twilio.truth());
            row.figure(
                    "taken in %.0f/s, accepted %.0f/s",
                    messages * 1e9 / takenIn, rate(twilio.truth().accepted()));
            row.figure("from send() to the last callback %.0f/s, %s", messages * 1e9 / ended, verdict);
            assertThat(done).as("%s %s", node.tidings.counts(), verdict).isTrue();
            assertThat(verdict.holds()).as("%s", verdict).isTrue();
            assertThat(verdict.ends().delivered()).isEqualTo(messages);
            row.passed();
        }
    }

    private static double rate(List<LogEntry.Request> accepted) {
        long first = accepted.get(0).stamp().nanos();
        long last = accepted.get(accepted.size() - 1).stamp().nanos();
        return accepted.size() * 1e9 / Math.max(1, last - first);
    }
}
