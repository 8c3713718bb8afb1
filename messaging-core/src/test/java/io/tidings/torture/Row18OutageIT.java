package io.tidings.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.dispatch.SenderRates;
import io.tidings.history.Doubts;
import io.tidings.message.Sender;
import io.tidings.sandbox.Hostility;
import io.tidings.sandbox.Mishap;
import io.tidings.test.SteppableTime;
import io.tidings.throttle.Limit;
import io.tidings.throttle.Rate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Twilio refuses connections: messages are kept, the breaker opens, and the drain keeps to the limit. In real time the
 * figures at both ends have the tolerances of row 16 (50 ms, and the spread of the way); in stepped time there is none.
 */
@Tag("alone")
@ExtendWith(Scoreboard.Keeper.class)
class Row18OutageIT {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Limit LIMIT = Limit.of(Rate.perSecond(100), 50);
    private static final int BOUND = 150;

    @Test
    void an_outage_loses_nothing_and_the_drain_keeps_to_the_limit(Scoreboard board) {
        Duration outage = Scale.of(Duration.ofSeconds(12), Duration.ofMinutes(10));
        long seed = Scale.seed();
        Scoreboard.Row row =
                board.row("18", "connection refused, real time", seed).size("outage of %d s", outage.toSeconds());
        try (Scene scene =
                Scene.of(seed).tidings(settings -> settings.rates(rates())).start()) {
            Ledger ledger = new Ledger(scene.tidings);
            ledger.send(300);
            Await.until(SECOND, () -> scene.sandbox.log().accepted().size() > 50);
            int connections = scene.wiretap.mostInFlight();
            long began = System.nanoTime();
            scene.sandbox.stopListening();
            boolean opened = Await.until(
                    Duration.ofSeconds(5), () -> scene.tidings.standstill().isPresent());
            long opening = millisSince(began);
            long slowest = 0;
            while (System.nanoTime() - began < outage.toNanos()) {
                long asked = System.nanoTime();
                ledger.send(1);
                slowest = Math.max(slowest, millisSince(asked));
                Await.pass(Scale.of(Duration.ofMillis(20), Duration.ofMillis(200)));
            }
            boolean stood = scene.tidings.standstill().isPresent();
            Instant resumed = scene.sandbox.now();
            scene.sandbox.resumeListening();
            Await.until(Duration.ofMinutes(2), () -> ledger.isDrained());
            Await.until(Duration.ofSeconds(5), () -> ledger.isDelivered());

            Ledger.Verdict verdict = ledger.verdict(scene.sandbox.log());
            Arrivals arrivals = new Arrivals(scene);
            int densest = arrivals.mostGranted(Scene.SENDER, resumed);
            int seen = arrivals.mostArrived(Scene.SENDER, resumed);
            Duration spread = arrivals.spread();
            row.figure("breaker after %d ms, slowest send() %d ms", opening, slowest);
            row.figure(
                    "drain at most %d/s of %d, at the sandbox %d, spread %d ms",
                    densest, BOUND, seen, spread.toMillis());
            row.figure("%d connections cut, %s", connections, verdict);

            assertThat(opened && stood).isTrue();
            assertThat(densest).isLessThanOrEqualTo(BOUND + 5);
            assertThat(seen).isLessThanOrEqualTo(BOUND + 5 + (int) (spread.toMillis() / 10));
            assertThat(verdict.duplicates() + verdict.lost() + verdict.dead() + verdict.stuck() + verdict.unrecorded())
                    .isZero();
            assertThat(verdict.held())
                    .as("only what left on a connection that was cut may stay unknown, one for each")
                    .isLessThanOrEqualTo(connections);
            assertThat(verdict.accepted() + verdict.held()).isGreaterThanOrEqualTo(verdict.sent());
            assertThat(slowest).isLessThan(5_000);
            row.passed();
        }
    }

    @Test
    void ten_minutes_without_a_connection_in_stepped_time(Scoreboard board) {
        long seed = Scale.seed();
        Scoreboard.Row row =
                board.row("18", "connection refused, stepped time", seed).size("outage of 600 s, 2 sends a second");
        SteppableTime time = new SteppableTime();
        try (Scene scene = Scene.of(seed)
                .stepped(time)
                .withoutCallbacks()
                // Idle connections are gone at the cut, so that every attempt connects anew and is refused.
                .twilio(settings -> settings.keepAlive(Duration.ofMillis(1)))
                .tidings(settings -> settings.rates(rates()).executor(Runnable::run))
                .start()) {
            Ledger ledger = new Ledger(scene.tidings);
            ledger.send(100);
            step(scene, time, Duration.ofSeconds(3));
            Await.pass(Duration.ofMillis(200));
            scene.sandbox.stopListening();
            int opening = -1;
            for (int second = 0; second < 600; second++) {
                ledger.send(2);
                step(scene, time, SECOND);
                if (opening < 0 && scene.tidings.standstill().isPresent()) {
                    opening = second + 1;
                }
            }
            boolean stood = scene.tidings.standstill().isPresent();
            scene.sandbox.resumeListening();
            for (int second = 0; second < 120 && !allAccepted(scene, ledger); second++) {
                step(scene, time, SECOND);
            }

            Ledger.Verdict verdict = ledger.verdict(scene.sandbox.log());
            List<Window.Point> points = scene.wiretap.passed().stream()
                    .filter(passed -> passed.outcome() instanceof io.tidings.provider.Outcome.Accepted)
                    .map(passed -> new Window.Point(passed.at(), 1))
                    .toList();
            int densest = new Window(points).densest(SECOND, Long.MIN_VALUE);
            row.figure("breaker after %d s, at most %d/s of %d, %s", opening, densest, BOUND, verdict);

            assertThat(opening).isBetween(0, 5);
            assertThat(stood).isTrue();
            assertThat(densest).isLessThanOrEqualTo(BOUND);
            assertThat(verdict.accepted()).isEqualTo(verdict.sent());
            assertThat(verdict.duplicates() + verdict.lost() + verdict.dead() + verdict.held() + verdict.stuck())
                    .isZero();
            row.passed();
        }
    }

    @Test
    void ten_minutes_of_internal_errors_in_stepped_time(Scoreboard board) {
        long seed = Scale.seed();
        Scoreboard.Row row = board.row("18", "5xx, half of them accepted, stepped time", seed)
                .size("outage of 600 s, 2 sends a second");
        // The sandbox's own clock runs on: what it lists was created in the first seconds, within the slack of clocks.
        SteppableTime time = new SteppableTime(Instant.now());
        Hostility errors = Hostility.calm()
                .with(Mishap.ERROR_BEFORE_ACCEPT, 0.5)
                .with(Mishap.ERROR_AFTER_ACCEPT, 0.5)
                .with(Mishap.READ_ERROR, 1);
        try (Scene scene = Scene.of(seed)
                .stepped(time)
                .withoutCallbacks()
                .tidings(settings -> settings.rates(rates()).executor(Runnable::run))
                .start()) {
            Ledger ledger = new Ledger(scene.tidings);
            ledger.send(100);
            step(scene, time, Duration.ofSeconds(3));
            scene.sandbox.hostile(errors);
            int opening = -1;
            for (int second = 0; second < 600; second++) {
                ledger.send(2);
                step(scene, time, SECOND);
                if (opening < 0 && scene.tidings.standstill().isPresent()) {
                    opening = second + 1;
                }
            }
            boolean stood = scene.tidings.standstill().isPresent();
            long struck = scene.tidings.doubts().open();
            scene.sandbox.hostile(Hostility.calm());
            step(scene, time, Duration.ofMinutes(2));
            for (int i = 0; i < 200; i++) {
                time.forward(Duration.ofSeconds(10));
                scene.tidings.runDue();
            }

            Ledger.Verdict verdict = ledger.verdict(scene.sandbox.log());
            Doubts doubts = scene.tidings.doubts();
            List<Window.Point> points = scene.wiretap.passed().stream()
                    .map(passed -> new Window.Point(passed.at(), 1))
                    .toList();
            int densest = new Window(points).densest(SECOND, Long.MIN_VALUE);
            row.figure(
                    "breaker after %d s, %d in doubt, at most %d/s of %d, %s, %s",
                    opening, struck, densest, BOUND, doubts, verdict);

            assertThat(opening).isBetween(0, 5);
            assertThat(stood).isTrue();
            assertThat(struck).isPositive();
            assertThat(densest).isLessThanOrEqualTo(BOUND);
            assertThat(verdict.accepted()).isEqualTo(verdict.sent());
            assertThat(verdict.lost() + verdict.dead() + verdict.held() + verdict.stuck() + verdict.unrecorded())
                    .isZero();
            assertThat((long) verdict.duplicates())
                    .isEqualTo(doubts.duplicates())
                    .isLessThanOrEqualTo(doubts.resent());
            row.passed();
        }
    }

    private static boolean allAccepted(Scene scene, Ledger ledger) {
        return scene.sandbox.log().accepted().size() >= ledger.sent().size();
    }

    private static void step(Scene scene, SteppableTime time, Duration span) {
        for (Duration left = span; !left.isZero(); left = left.minusMillis(250)) {
            time.forward(Duration.ofMillis(250));
            scene.tidings.runDue();
        }
    }

    private static SenderRates rates() {
        return SenderRates.defaults().with(new Sender.ShortCode(Scene.SENDER), LIMIT);
    }

    private static long millisSince(long began) {
        return (System.nanoTime() - began) / 1_000_000;
    }
}
