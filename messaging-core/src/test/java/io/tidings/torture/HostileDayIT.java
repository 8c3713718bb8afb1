package io.tidings.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.dispatch.SenderRates;
import io.tidings.message.Sender;
import io.tidings.retry.RetryPolicy;
import io.tidings.sandbox.Hostility;
import io.tidings.sandbox.Mishap;
import io.tidings.throttle.Rate;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Everything at once goes wrong: nothing goes out twice by itself, nothing vanishes, whatever is unknown is held. */
@ExtendWith(Scoreboard.Keeper.class)
class HostileDayIT {
    private static final double FACTOR = 0.05;

    @Test
    void on_a_hostile_day_nothing_is_lost_and_nothing_goes_out_twice(Scoreboard board) {
        int messages = Scale.of(200, 10_000);
        long seed = Scale.seed();
        Scoreboard.Row row = board.row("B-36", "all mishaps at once", seed)
                .size("%d messages, brutal shares, times x %.2f", messages, FACTOR);
        try (Scene scene = Scene.of(seed)
                .sandbox(settings -> settings.hostile(day()))
                .twilio(settings -> settings.deadline(Duration.ofMillis(1_200)).connectTimeout(Duration.ofSeconds(1)))
                .tidings(settings -> settings.retry(RetryPolicy.defaults().scaledBy(0.02))
                        .rates(SenderRates.defaults().with(new Sender.ShortCode(Scene.SENDER), Rate.perSecond(100))))
                .start()) {
            Ledger ledger = new Ledger(scene.tidings);
            ledger.send(messages);
            boolean drained = Await.until(Duration.ofSeconds(30 + messages / 20), ledger::isDrained);
            scene.sandbox.hostile(Hostility.calm());
            Await.until(
                    Duration.ofSeconds(5),
                    () -> ledger.verdict(scene.sandbox.log()).unrecorded() == 0);
            Ledger.Verdict verdict = ledger.verdict(scene.sandbox.log());
            Map<Mishap, Integer> mishaps = scene.sandbox.log().mishaps();
            long untold = scene.sandbox.log().acceptedUntold().size();
            row.figure("%s, %d accepted untold, %s", verdict, untold, mishaps);

            assertThat(drained).isTrue();
            assertThat(verdict.duplicates() + verdict.lost() + verdict.unrecorded() + verdict.stuck())
                    .isZero();
            assertThat(untold).isPositive();
            assertThat(mishaps).containsKeys(Mishap.CALLBACK_DROPPED, Mishap.CALLBACK_DUPLICATED);
            row.passed();
        }
    }

    /** Storms and restarts of a milder day: a run is to spend its time on answers, not on waiting. */
    private static Hostility day() {
        return Hostility.brutal()
                .withStorms(Hostility.hostile().storms())
                .withRestarts(Hostility.hostile().restarts())
                .scaledBy(FACTOR);
    }
}
