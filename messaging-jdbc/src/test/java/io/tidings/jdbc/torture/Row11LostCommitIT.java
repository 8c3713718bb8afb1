package io.tidings.jdbc.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.message.MessageStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Row 11: the connection breaks during COMMIT, before the database has it or before its answer is back. */
class Row11LostCommitIT {
    private static final double SHARE = 0.02;

    @Test
    void a_commit_whose_end_nobody_knows_neither_loses_a_message_nor_sends_one_twice() {
        int least = Size.of(20, 1_000);
        int orders = Size.of(300, 10_000);
        long seed = Size.seed();
        try (Board row = Board.row("11", "COMMIT or its answer lost", seed, "at least " + least + " of each kind");
                Server server = Server.start();
                LocalTwilio twilio = LocalTwilio.start(seed);
                Cutter wire = new Cutter(server.port(), seed);
                Node node = Node.on(Server.pool(server.url(wire.port(), "&prepareThreshold=0"), 8), twilio);
                Node quiet = Node.on(server.pool(4), twilio)) {
            Orders shop = new Orders(node.tidings);
            wire.loses(SHARE);
            while (shop.sentCount() < orders || wire.lostCommits() < least || wire.lostAnswers() < least) {
                shop.send(1, Duration.ofMillis(8));
            }
            Await.until(
                    Duration.ofSeconds(20), () -> quiet.tidings.counts().getOrDefault(MessageStatus.QUEUED, 0L) == 0);
            wire.loses(0);
            boolean done = shop.areDone(Duration.ofSeconds(150));

            Orders.Verdict verdict = shop.verdict(twilio.truth());
            row.figure("%d commits lost, %d answers lost", wire.lostCommits(), wire.lostAnswers());
            row.figure("%d calls of send() repeated, %s", shop.repeated(), verdict);
            assertThat(done).as("%s %s", quiet.tidings.counts(), verdict).isTrue();
            assertThat(verdict.holds()).as("%s", verdict).isTrue();
            row.passed();
        }
    }
}
