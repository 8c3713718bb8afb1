package io.tidings;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.analytics.Period;
import io.tidings.analytics.Totals;
import io.tidings.message.Category;
import io.tidings.message.MessageStatus;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import io.tidings.test.TestTidings;
import io.tidings.test.Times;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The counters stand as the rows do, whatever happens to the messages. */
class CountedFlowTest {

    @Test
    void counters_agree_with_the_rows_after_any_day() {
        long seed = Long.getLong("tidings.seed", 17L);
        SplittableRandom random = new SplittableRandom(seed);
        try (TestTidings kit = TestTidings.overFake(settings -> settings.repeatWindow(Duration.ZERO))) {
            Tidings tidings = kit.tidings();
            Period period =
                    new Period(kit.time().instant(), kit.time().instant().plus(Duration.ofDays(40)));
            for (int i = 0; i < 120; i++) {
                mishap(kit, random.nextInt(8));
                tidings.send(message(random, i));
                if (random.nextInt(4) == 0) {
                    kit.forward(Duration.ofMinutes(random.nextInt(20))).runDue();
                }
            }
            kit.forward(Duration.ofHours(4)).runDue();
            tidings.deadLetters().groups().stream()
                    .flatMap(group -> group.messages().stream())
                    .limit(3)
                    .forEach(tidings.deadLetters()::replay);
            kit.runDue();

            Map<MessageStatus, Long> left = new EnumMap<>(tidings.counts());
            left.keySet()
                    .removeAll(Set.of(
                            MessageStatus.QUEUED,
                            MessageStatus.SCHEDULED,
                            MessageStatus.SENDING,
                            MessageStatus.UNCERTAIN));
            Totals totals = tidings.statistics().totals(TenantId.DEFAULT, period);
            assertThat(totals.messages()).as("seed %s", seed).isEqualTo(left).hasSizeGreaterThan(2);
        }
    }

    private static void mishap(TestTidings kit, int which) {
        switch (which) {
            case 0 -> kit.fake().failNext(30003);
            case 1 -> kit.fake().failNext(21211);
            case 2 -> kit.fake().throttleNext(Times.times(1));
            case 3 -> kit.fake().loseAnswers(Times.times(1));
            case 4 -> kit.fake().failNext(20404);
            default -> {}
        }
    }

    private static OutboundMessage message(SplittableRandom random, int number) {
        String to = random.nextInt(9) == 0 ? "+442079460018" : "+120255501%02d".formatted(random.nextInt(100));
        return OutboundMessage.to(new PhoneNumber(to))
                .category(random.nextBoolean() ? Category.TRANSACTIONAL : Category.ALERT)
                .text("Order " + number)
                .build();
    }

    @Test
    void a_row_that_is_saved_again_counts_once() {
        try (TestTidings kit = TestTidings.overFake()) {
            kit.tidings().sms("+12025550143", "Ready.");
            kit.runDue();
            Period period = new Period(
                    kit.time().instant().minusSeconds(3600),
                    kit.time().instant().plusSeconds(3600));

            Totals totals = kit.tidings().statistics().totals(TenantId.DEFAULT, period);

            assertThat(totals.all()).isEqualTo(1);
            assertThat(totals.segments()).isEqualTo(1);
        }
    }
}
