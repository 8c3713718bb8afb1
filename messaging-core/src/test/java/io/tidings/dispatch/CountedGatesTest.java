package io.tidings.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.gate.FrequencyCap;
import io.tidings.gate.QuietHours;
import io.tidings.gate.RecipientZones;
import io.tidings.message.Category;
import io.tidings.message.MessageStatus;
import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import io.tidings.outbox.MessageView;
import io.tidings.outbox.Receipt;
import io.tidings.provider.Outcome;
import io.tidings.pumping.Counter;
import io.tidings.pumping.PumpingLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Gates that count what is stored, in a whole system. */
class CountedGatesTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static Receipt offer(Bench bench, int number, String text) {
        return bench.send(Bench.to(number).category(Category.MARKETING).text(text));
    }

    @Test
    void a_recipient_gets_no_more_offers_than_the_cap_and_others_do() {
        Bench bench = Bench.with(
                stores ->
                        List.of(FrequencyCap.gate("frequency", List.of(FrequencyCap.marketing(2, Duration.ofDays(7))))),
                null);
        offer(bench, 100, "one");
        offer(bench, 100, "two");
        bench.forward(SECOND);

        Receipt third = offer(bench, 100, "three");
        assertThat(third.status()).isEqualTo(MessageStatus.REFUSED);
        assertThat(third.reason()).contains("frequency cap");
        assertThat(offer(bench, 101, "three").status()).isEqualTo(MessageStatus.QUEUED);
        assertThat(bench.send(Bench.to(100)).status()).isEqualTo(MessageStatus.QUEUED);
        bench.time.forward(Duration.ofDays(7));
        assertThat(offer(bench, 100, "four").status()).isEqualTo(MessageStatus.QUEUED);
    }

    @Test
    void offers_taken_in_together_are_counted_before_the_wire() {
        Bench bench = Bench.with(
                stores ->
                        List.of(FrequencyCap.gate("frequency", List.of(FrequencyCap.marketing(1, Duration.ofDays(1))))),
                null);
        List<Receipt> receipts = bench.intake.takeAll(List.of(
                Bench.to(100).category(Category.MARKETING).text("one").build(),
                Bench.to(100).category(Category.MARKETING).text("two").build()));
        assertThat(receipts).extracting(Receipt::status).containsOnly(MessageStatus.QUEUED);
        bench.forward(SECOND);

        assertThat(bench.provider.submissions()).hasSize(1);
        assertThat(bench.status(receipts.get(1).id())).isEqualTo(MessageStatus.REFUSED);
    }

    private static Bench guarded(PumpingLimits limits) {
        return Bench.with(stores -> limits.gates(stores.pumping()), null);
    }

    private static Receipt code(Bench bench, int number) {
        return bench.send(Bench.to(number).category(Category.OTP));
    }

    @Test
    void a_range_with_too_many_codes_is_blocked_and_opens_again() {
        Bench bench = guarded(PumpingLimits.defaults().withMost(10, 5, 100));
        List<Receipt> receipts = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            receipts.add(code(bench, 100 + i));
        }
        bench.forward(SECOND);
        assertThat(bench.provider.submissions()).hasSize(5);
        assertThat(bench.status(receipts.get(7).id())).isEqualTo(MessageStatus.REFUSED);

        Receipt blocked = code(bench, 200);
        assertThat(blocked.status()).isEqualTo(MessageStatus.REFUSED);
        assertThat(blocked.reason()).contains("range");
        assertThat(bench.send(Bench.to(300)).status()).isEqualTo(MessageStatus.QUEUED);
        bench.time.forward(Duration.ofHours(1));
        assertThat(code(bench, 201).status()).isEqualTo(MessageStatus.QUEUED);
    }

    @Test
    void a_retried_code_counts_once() {
        Bench bench = guarded(PumpingLimits.defaults().withMost(10, 2, 100));
        bench.provider.next(
                new Outcome.Unsent("refused"), new Outcome.Unsent("refused"), new Outcome.Unsent("refused"));
        code(bench, 100);
        bench.forward(Duration.ofMinutes(5));

        assertThat(bench.provider.submissions()).hasSize(4);
        assertThat(code(bench, 101).status()).isEqualTo(MessageStatus.QUEUED);
    }

    @Test
    void codes_that_nobody_uses_block_their_range_and_used_ones_do_not() {
        Bench bench = guarded(PumpingLimits.defaults().withLeastVerified(30, 4));
        for (int i = 0; i < 20; i++) {
            code(bench, 100 + i);
            bench.forward(SECOND);
            if (i < 4 || i % 2 == 0) {
                bench.stores.pumping().confirm(Counter.range(TenantId.DEFAULT, new PhoneNumber("+12025550100")));
            }
        }
        assertThat(bench.provider.submissions()).hasSize(20);

        Bench pumped = guarded(PumpingLimits.defaults().withLeastVerified(30, 4));
        for (int i = 0; i < 20; i++) {
            code(pumped, 100 + i);
            pumped.forward(SECOND);
        }
        assertThat(pumped.provider.submissions()).hasSize(4);
    }

    @Test
    void one_number_gets_ten_codes_an_hour() {
        Bench bench = guarded(PumpingLimits.defaults());
        for (int i = 0; i < 12; i++) {
            bench.send(Bench.to(100).category(Category.OTP).text("Your code is " + i));
        }
        bench.forward(SECOND);

        assertThat(bench.provider.submissions()).hasSize(10);
    }

    @Test
    void a_dead_letter_replayed_at_night_waits_for_the_morning() {
        QuietHours hours = QuietHours.defaults().withSpread(Duration.ZERO);
        Bench bench = Bench.with(stores -> List.of(hours.gate(RecipientZones.unknown())), null);
        Instant noon = Instant.parse("2030-01-15T17:00:00Z");
        bench.time.forward(Duration.between(bench.time.instant(), noon));
        bench.provider.next(new Outcome.Rejected(21606));
        Receipt receipt = offer(bench, 100, "ten percent off");
        bench.forward(SECOND);
        assertThat(bench.status(receipt.id())).isEqualTo(MessageStatus.DEAD);
        bench.time.forward(Duration.ofHours(12));
        bench.deadLetters.replay(receipt.id());
        bench.forward(SECOND);

        MessageView view = bench.messages.find(receipt.id()).orElseThrow();
        assertThat(view.nextAt()).isEqualTo("2030-01-16T13:00:00Z");
    }
}
