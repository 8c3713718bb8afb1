package io.tidings.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.dispatch.SenderRates;
import io.tidings.gate.QuietHours;
import io.tidings.message.Category;
import io.tidings.message.MessageId;
import io.tidings.message.Sender;
import io.tidings.pumping.PumpingLimits;
import io.tidings.throttle.Limit;
import io.tidings.throttle.Rate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The rate limit holds and is used, in one process.
 *
 * <p>Intents are measured against the bound: limit + max(burst, largest message) segments in any second, and 50 ms more
 * of the limit for the time from permit to date of the intent, which a busy machine stretches. At the sandbox a request
 * arrives some time after its intent, so a second there can hold what was granted in a second plus the spread of that
 * delay; the spread is measured and printed, and the bound grows by what accrues in it.
 */
@Tag("alone")
@ExtendWith(Scoreboard.Keeper.class)
class Row16RateLimitIT {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration WARM_UP = Duration.ofMillis(1500);
    private static final Limit FAST = Limit.of(Rate.perSecond(120), 60);
    private static final Limit SLOW = Limit.of(Rate.perSecond(60), 30);
    private static final Limit OTHER = Limit.of(Rate.perSecond(40), 20);

    @Test
    void two_senders_use_their_limits_and_never_exceed_them_while_one_limit_changes(Scoreboard board) {
        Duration phase = Scale.of(Duration.ofSeconds(5), Duration.ofSeconds(60));
        long seed = Scale.seed();
        Scoreboard.Row row = board.row("16", "rate limit holds and is used", seed)
                .size("2 senders, 2 phases of %d s", phase.toSeconds());
        Random random = new Random(seed);
        try (Scene scene = Scene.of(seed)
                .withoutCallbacks()
                .tidings(settings -> settings.rates(rates(FAST)))
                .start()) {
            Ledger ledger = new Ledger(scene.tidings);
            int seconds = (int) phase.toSeconds();
            fill(ledger, Scene.SENDER, (FAST.burst() * 2 + 180) * (seconds + 2), random);
            fill(ledger, Scene.OTHER, 40 * (2 * seconds + 5), random);

            Await.pass(WARM_UP);
            Instant first = scene.sandbox.now();
            Await.pass(phase);
            Instant changed = scene.sandbox.now();
            scene.tidings.changeRates(rates(SLOW));
            Await.pass(SECOND);
            Instant second = scene.sandbox.now();
            Await.pass(phase);
            Instant end = scene.sandbox.now();

            Arrivals arrivals = new Arrivals(scene);
            double usedFast = arrivals.used(Scene.SENDER, first, changed, FAST);
            double usedSlow = arrivals.used(Scene.SENDER, second, end, SLOW);
            double usedOther = arrivals.used(Scene.OTHER, first, end, OTHER);
            row.figure("used %.1f/%.1f/%.1f %%", usedFast * 100, usedSlow * 100, usedOther * 100);
            int most = arrivals.mostGranted(Scene.SENDER, null);
            int mostSlow = arrivals.mostGranted(Scene.SENDER, second);
            int mostOther = arrivals.mostGranted(Scene.OTHER, null);
            row.figure(
                    "most in 1 s: %d/%d/%d of %d/%d/%d",
                    most, mostSlow, mostOther, bound(FAST), bound(SLOW), bound(OTHER));
            Duration spread = arrivals.spread();
            int seen = arrivals.mostArrived(Scene.SENDER, null);
            int seenOther = arrivals.mostArrived(Scene.OTHER, null);
            row.figure("at the sandbox %d/%d, spread %d ms", seen, seenOther, spread.toMillis());

            assertThat(most).isLessThanOrEqualTo(bound(FAST));
            assertThat(mostSlow).isLessThanOrEqualTo(bound(SLOW));
            assertThat(mostOther).isLessThanOrEqualTo(bound(OTHER));
            assertThat(seen).isLessThanOrEqualTo(bound(FAST) + accrued(FAST, spread));
            assertThat(seenOther).isLessThanOrEqualTo(bound(OTHER) + accrued(OTHER, spread));
            assertThat(List.of(usedFast, usedSlow, usedOther)).allMatch(share -> share >= 0.95);
            scene.tidings.close();
            Ledger.Verdict verdict = ledger.verdict(scene.sandbox.log());
            row.figure("%s", verdict);
            assertThat(verdict.duplicates() + verdict.lost() + verdict.held()).isZero();
            row.passed();
        }
    }

    @Test
    void codes_overtake_a_backlog_of_marketing(Scoreboard board) {
        int codes = Scale.of(12, 120);
        long seed = Scale.seed();
        Scoreboard.Row row =
                board.row("16", "codes overtake a marketing backlog", seed).size("%d codes, 3,000 before them", codes);
        try (Scene scene = Scene.of(seed)
                .withoutCallbacks()
                .tidings(settings -> settings.rates(rates(Limit.of(Rate.perSecond(30))))
                        .quietHours(QuietHours.none())
                        .pumping(PumpingLimits.off()))
                .start()) {
            Ledger ledger = new Ledger(scene.tidings);
            for (int i = 0; i < Scale.of(3_000, 6_000); i++) {
                ledger.send(Scene.SENDER, Category.MARKETING, 1);
            }
            Await.pass(WARM_UP);
            List<Long> waits = new ArrayList<>();
            for (int i = 0; i < codes; i++) {
                long began = System.nanoTime();
                MessageId id = ledger.send(Scene.SENDER, Category.OTP, 1);
                assertThat(Await.until(Duration.ofSeconds(10), () -> left(scene, id)))
                        .isTrue();
                waits.add((System.nanoTime() - began) / 1_000_000);
                Await.pass(Duration.ofMillis(150));
            }
            waits.sort(Long::compare);
            row.figure("p50 %d ms, max %d ms", waits.get(waits.size() / 2), waits.get(waits.size() - 1));
            assertThat(waits.get(waits.size() - 1)).isLessThan(1_000);
            row.passed();
        }
    }

    private static boolean left(Scene scene, MessageId id) {
        return scene.wiretap.passed().stream()
                .anyMatch(passed -> passed.attempt().message().equals(id));
    }

    private static SenderRates rates(Limit first) {
        return SenderRates.defaults()
                .with(new Sender.ShortCode(Scene.SENDER), first)
                .with(new Sender.ShortCode(Scene.OTHER), OTHER);
    }

    private static void fill(Ledger ledger, String sender, int segments, Random random) {
        for (int left = segments; left > 0; ) {
            int size = 1 + random.nextInt(4);
            ledger.send(sender, Category.TRANSACTIONAL, size);
            left -= size;
        }
    }

    /** With the tolerance of 50 ms. */
    private static int bound(Limit limit) {
        return (int) Math.ceil(limit.rate().perSecond() * 1.05) + Math.max(limit.burst(), 4);
    }

    private static int accrued(Limit limit, Duration spread) {
        return (int) Math.ceil(limit.rate().perSecond() * spread.toNanos() / 1e9);
    }
}
