package io.tidings.jdbc.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.message.Category;
import io.tidings.message.OutboundMessage;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * Row 2 with deaths: answers are lost, callbacks dropped and doubled, the list lags behind longer than some horizons, and
 * nodes are killed. What that costs is what the policies allow: no advertisement twice, no order lost without a word, every
 * second copy one that a policy chose.
 */
class Row02BadEvidenceIT {

    @Test
    void deaths_beside_bad_evidence_cost_what_the_policies_allow() {
        int kills = Size.of(3, 100);
        long seed = Size.seed();
        Set<String> advertisements = new HashSet<>();
        try (Board row = Board.row("2", "kill -9 beside bad evidence", seed, "3 nodes, " + kills + " kills");
                Fleet fleet = new Fleet(seed, Host.FAST, "--hostile")) {
            fleet.start(3);
            CompletableFuture<Deaths> fate = CompletableFuture.supplyAsync(() -> kill(fleet, kills));
            for (int i = 0; !fate.isDone(); i++) {
                OutboundMessage message = i % 3 == 0
                        ? advertisement(fleet, advertisements)
                        : fleet.shop.order().build();
                fleet.shop.send(message);
                Await.pass(Duration.ofMillis(12));
            }
            boolean done = fleet.shop.areDone(Duration.ofSeconds(150));
            Orders.Verdict verdict = fleet.shop.verdict(fleet.truth());
            Map<String, Integer> copies = Orders.copies(fleet.truth());
            row.figure("%s, %s", fate.join(), verdict);

            assertThat(done).as("%s %s", fleet.tidings.counts(), verdict).isTrue();
            assertThat(verdict.holds()).as("%s", verdict).isTrue();
            assertThat(advertisements).isNotEmpty().allMatch(token -> copies.getOrDefault(token, 0) <= 1);
            assertThat((long) verdict.ends().chosen())
                    .isLessThanOrEqualTo(fleet.tidings.doubts().resent());
            assertThat(fate.join().tellEnough()).as("%s", fate.join()).isTrue();
            row.passed();
        }
    }

    private static OutboundMessage advertisement(Fleet fleet, Set<String> tokens) {
        OutboundMessage message =
                fleet.shop.order().category(Category.MARKETING).build();
        tokens.add(String.valueOf(message.key()));
        return message;
    }

    /** Some more than asked for, if too few left a message in the air. */
    private static Deaths kill(Fleet fleet, int kills) {
        Deaths deaths = new Deaths(0, 0);
        for (int i = 0; i < kills || (i < 3 * kills && !deaths.tellEnough()); i++) {
            Await.pass(Duration.ofMillis(fleet.random(500, 2_000)));
            deaths = deaths.plus(fleet.kill(fleet.any()));
            fleet.start();
        }
        return deaths;
    }

    private record Deaths(int kills, int inTheAir) {
        Deaths plus(int sending) {
            return new Deaths(kills + 1, inTheAir + (sending > 0 ? 1 : 0));
        }

        /** A run in which fewer than one in ten left a message in the air would prove little. */
        boolean tellEnough() {
            return inTheAir * 10 >= kills && inTheAir > 0;
        }

        @Override
        public String toString() {
            return inTheAir + " of " + kills + " kills with a message in the air";
        }
    }
}
