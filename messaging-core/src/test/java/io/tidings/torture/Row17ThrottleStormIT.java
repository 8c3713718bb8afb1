package io.tidings.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.dispatch.DispatchSettings;
import io.tidings.dispatch.SenderRates;
import io.tidings.message.MessageId;
import io.tidings.message.Sender;
import io.tidings.outbox.MessageView;
import io.tidings.sandbox.Fault;
import io.tidings.sandbox.Faults;
import io.tidings.throttle.Rate;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A storm of 429: sending backs off, comes back, and no message pays for it. */
@Tag("alone")
@ExtendWith(Scoreboard.Keeper.class)
class Row17ThrottleStormIT {
    private static final int NORMAL = 80;
    private static final Duration TO_BACK_OFF = Duration.ofSeconds(5);
    private static final Duration TO_RECOVER = Duration.ofSeconds(30);

    @Test
    void a_storm_slows_sending_down_and_it_comes_back_without_a_loss(Scoreboard board) {
        Duration storm = Scale.of(Duration.ofSeconds(10), Duration.ofSeconds(60));
        long seed = Scale.seed();
        Scoreboard.Row row = board.row("17", "429 storm", seed).size("storm of %d s", storm.toSeconds());
        try (Scene scene = Scene.of(seed)
                .sandbox(settings -> settings.answerDelay(Duration.ofMillis(80)))
                .tidings(settings -> settings.rates(rates(NORMAL))
                        .dispatch(DispatchSettings.defaults().withInFlight(16)))
                .start()) {
            Ledger ledger = new Ledger(scene.tidings);
            ledger.send(NORMAL * 40);
            Await.pass(Duration.ofSeconds(3));
            double normal = pace(scene, Duration.ofSeconds(2));

            long began = System.nanoTime();
            scene.sandbox.faults().during(storm, Faults.Scope.CREATES, new Fault.Throttle());
            Await.pass(TO_BACK_OFF);
            Duration rest =
                    storm.minus(Duration.ofNanos(System.nanoTime() - began)).minusMillis(200);
            double stormy = pace(scene, rest);
            Await.until(storm, () -> System.nanoTime() - began >= storm.toNanos());
            long over = System.nanoTime();
            boolean back =
                    Await.until(TO_RECOVER.plusSeconds(2), () -> recent(scene, Duration.ofSeconds(2)) >= 0.95 * normal);
            long recovered = (System.nanoTime() - over) / 1_000_000;
            row.figure("normal %.0f/s, in the storm %.1f/s, back after %.1f s", normal, stormy, recovered / 1e3);

            scene.tidings.changeRates(rates(2_000));
            boolean delivered = Await.until(Duration.ofSeconds(60), ledger::isDelivered);
            Ledger.Verdict verdict = ledger.verdict(scene.sandbox.log());
            List<MessageView> views = ledger.sent().values().stream()
                    .map((MessageId id) -> scene.tidings.find(id).orElseThrow())
                    .toList();
            long charged =
                    views.stream().filter(view -> view.tries().counted() > 1).count();
            long hit =
                    views.stream().filter(view -> view.tries().attempts() > 1).count();
            row.figure("%d messages met a 429, %d attempts burnt, %s", hit, charged, verdict);

            assertThat(normal).isGreaterThan(0.9 * NORMAL);
            assertThat(stormy).isLessThanOrEqualTo(0.1 * normal);
            assertThat(back).isTrue();
            assertThat(hit).isPositive();
            assertThat(charged).isZero();
            assertThat(delivered).isTrue();
            assertThat(verdict.accepted()).isEqualTo(verdict.sent());
            assertThat(verdict.duplicates() + verdict.dead() + verdict.lost() + verdict.held())
                    .isZero();
            row.passed();
        }
    }

    private static SenderRates rates(int perSecond) {
        return SenderRates.defaults().with(new Sender.ShortCode(Scene.SENDER), Rate.perSecond(perSecond));
    }

    /** Requests per second over the coming span. */
    private static double pace(Scene scene, Duration span) {
        int before = scene.sandbox.log().creates().size();
        long began = System.nanoTime();
        Await.pass(span);
        int after = scene.sandbox.log().creates().size();
        return (after - before) * 1e9 / (System.nanoTime() - began);
    }

    /** Accepted messages per second over the past span. */
    private static double recent(Scene scene, Duration span) {
        long from = scene.sandbox.now().minus(span).toEpochMilli();
        long accepted = scene.sandbox.log().accepted().stream()
                .filter(request -> request.stamp().wallMillis() >= from)
                .count();
        return accepted * 1e9 / span.toNanos();
    }
}
