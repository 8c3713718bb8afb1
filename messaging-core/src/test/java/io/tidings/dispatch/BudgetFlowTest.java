package io.tidings.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tidings.budget.Allowance;
import io.tidings.budget.BudgetLimit;
import io.tidings.budget.BudgetLimit.Period;
import io.tidings.budget.BudgetListener.Alert;
import io.tidings.budget.BudgetUse;
import io.tidings.budget.Budgets;
import io.tidings.gate.GateRecord;
import io.tidings.message.AttemptId;
import io.tidings.message.AttemptStatus;
import io.tidings.message.Category;
import io.tidings.message.Channel;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.message.Money;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import io.tidings.outbox.Receipt;
import io.tidings.price.Price;
import io.tidings.price.PriceBook;
import io.tidings.provider.Outcome;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A budget from {@code send()} to the real price. A text costs one cent. */
class BudgetFlowTest {
    private static final PriceBook CENT =
            PriceBook.of(List.of(new Price(Channel.SMS, "US", LocalDate.of(2020, 1, 1), Money.of("0.01", "USD"))));
    private static final String EVERYONE = "EVERYONE|total|USD|";

    private final List<Alert> alerts = new ArrayList<>();

    private Bench bench(Budgets budgets) {
        return Bench.with(stores -> List.of(budgets.gate(stores.budgets(), CENT, stores.transactions())), null);
    }

    private Bench cents(int most) {
        return bench(Budgets.none()
                .with(BudgetLimit.everyone(
                        Period.TOTAL, Allowance.of(Money.of("0.01", "USD").times(most))))
                .withAlerts(
                        alert -> {
                            alerts.add(alert);
                            throw new IllegalStateException("the host's listener is broken");
                        },
                        List.of(50, 100)));
    }

    private static BudgetUse use(Bench bench) {
        return bench.stores.budgets().use(Set.of(EVERYONE)).getOrDefault(EVERYONE, BudgetUse.NONE);
    }

    private static GateRecord last(Bench bench, MessageId id) {
        List<GateRecord> records = bench.stores.decisions().decisions(id);
        return records.get(records.size() - 1);
    }

    @Test
    void what_was_taken_in_before_the_money_was_gone_is_refused_before_the_wire() {
        Bench bench = cents(3);
        List<Receipt> receipts = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            receipts.add(bench.send(Bench.to(100 + i)));
        }
        bench.forward(Duration.ofSeconds(1));

        assertThat(bench.provider.submissions()).hasSize(3);
        assertThat(use(bench)).isEqualTo(new BudgetUse(0, 30_000, 100));
        assertThat(bench.status(receipts.get(4).id())).isEqualTo(MessageStatus.REFUSED);
        assertThat(last(bench, receipts.get(4).id()).decision().values())
                .isEqualTo(Map.of(
                        "budget", "EVERYONE total", "limit", "0.03 USD", "used", "0.03 USD", "amount", "0.01 USD"));
        Receipt late = bench.send(Bench.to(200));
        assertThat(late.status()).isEqualTo(MessageStatus.REFUSED);
        assertThat(late.reason()).isEqualTo("its budget is used up");
    }

    @Test
    void thresholds_are_told_once_and_a_broken_listener_breaks_nothing() {
        Bench bench = cents(4);
        for (int i = 0; i < 6; i++) {
            bench.send(Bench.to(100 + i));
            bench.forward(Duration.ofSeconds(1));
        }

        assertThat(alerts).extracting(Alert::percent).containsExactly(50, 100);
        assertThat(alerts.get(0).used()).hasToString("0.02 USD");
        assertThat(bench.provider.submissions()).hasSize(4);
    }

    @Test
    void what_was_provably_not_processed_gives_its_room_back() {
        Bench bench = cents(1);
        bench.provider.next(new Outcome.Rejected(21211));
        Receipt rejected = bench.send(Bench.to(100));
        bench.forward(Duration.ofSeconds(1));
        assertThat(bench.status(rejected.id())).isEqualTo(MessageStatus.FAILED);
        assertThat(use(bench).used()).isZero();

        bench.provider.next(new Outcome.Unsent("connection refused"), new Outcome.Throttled(null));
        Receipt second = bench.send(Bench.to(101));
        bench.forward(Duration.ofMinutes(10));

        assertThat(bench.status(second.id())).isEqualTo(MessageStatus.ACCEPTED);
        assertThat(use(bench)).isEqualTo(new BudgetUse(0, 10_000, 100));
    }

    @Test
    void what_may_have_been_sent_keeps_its_room() {
        Bench bench = cents(1);
        bench.provider.next(new Outcome.Uncertain("answer lost", 0));
        bench.send(Bench.to(100));
        bench.forward(Duration.ofHours(1));

        assertThat(use(bench).reserved()).isEqualTo(10_000);
        assertThat(bench.send(Bench.to(101)).status()).isEqualTo(MessageStatus.REFUSED);
    }

    @Test
    void the_real_price_takes_the_place_of_the_estimate() {
        Bench bench = cents(10);
        bench.provider.priced(
                ScriptedProvider.accepted(1).sid(), AttemptStatus.DELIVERED, new BigDecimal("0.0083"), "USD");
        bench.send(Bench.to(100));
        bench.forward(Duration.ofMinutes(2));

        assertThat(use(bench)).isEqualTo(new BudgetUse(8_300, 0, 0));
    }

    @Test
    void a_price_above_its_estimate_is_told_when_it_carries_the_budget_past_a_threshold() {
        Bench bench = cents(10);
        bench.provider.priced(
                ScriptedProvider.accepted(1).sid(), AttemptStatus.DELIVERED, new BigDecimal("0.06"), "USD");
        bench.send(Bench.to(100));
        bench.forward(Duration.ofSeconds(1));
        assertThat(alerts).isEmpty();

        bench.forward(Duration.ofMinutes(2));

        assertThat(alerts).singleElement().satisfies(alert -> {
            assertThat(alert.percent()).isEqualTo(50);
            assertThat(alert.used()).isEqualTo(Allowance.of("0.06", "USD"));
        });
        assertThat(use(bench)).isEqualTo(new BudgetUse(60_000, 0, 50));
    }

    @Test
    void where_a_callback_told_the_end_first_the_price_is_asked_for_until_it_is_known() {
        Bench bench = cents(10);
        Receipt sent = bench.send(Bench.to(100));
        bench.forward(Duration.ofSeconds(1));
        bench.report(new AttemptId(sent.id(), 1), AttemptStatus.DELIVERED, 0);
        bench.leap(Duration.ofMinutes(3));
        assertThat(bench.provider.fetches()).isEqualTo(1);
        assertThat(use(bench)).isEqualTo(new BudgetUse(0, 10_000, 0));

        bench.provider.priced(
                ScriptedProvider.accepted(1).sid(), AttemptStatus.DELIVERED, new BigDecimal("0.0083"), "USD");
        bench.leap(Duration.ofHours(2));

        assertThat(use(bench)).isEqualTo(new BudgetUse(8_300, 0, 0));
        assertThat(bench.provider.fetches()).as("two questions, no more").isEqualTo(2);
    }

    @Test
    void a_price_that_came_with_the_state_is_not_asked_for_again() {
        Bench bench = cents(10);
        bench.provider.priced(
                ScriptedProvider.accepted(1).sid(), AttemptStatus.DELIVERED, new BigDecimal("0.0083"), "USD");
        bench.send(Bench.to(100));
        bench.leap(Duration.ofHours(3));

        assertThat(bench.provider.fetches()).isEqualTo(1);
    }

    @Test
    void a_failed_try_is_paid_for_as_well_as_the_next_one() {
        Bench bench = cents(10);
        for (int each = 1; each <= 2; each++) {
            bench.provider.priced(
                    ScriptedProvider.accepted(each).sid(),
                    each == 1 ? AttemptStatus.UNDELIVERED : AttemptStatus.DELIVERED,
                    new BigDecimal("0.0083"),
                    "USD");
        }
        Receipt sent = bench.send(Bench.to(100).category(Category.OTP));
        bench.forward(Duration.ofSeconds(1));
        bench.report(new AttemptId(sent.id(), 1), AttemptStatus.UNDELIVERED, 30003);
        bench.leap(Duration.ofMinutes(30));
        assertThat(bench.provider.submissions()).hasSize(2);
        bench.report(new AttemptId(sent.id(), 2), AttemptStatus.DELIVERED, 0);
        bench.leap(Duration.ofHours(2));

        assertThat(use(bench)).isEqualTo(new BudgetUse(16_600, 0, 0));
    }

    @Test
    void each_tenant_and_campaign_has_its_own_and_the_named_one_another() {
        Bench bench = bench(Budgets.none()
                .with(BudgetLimit.eachTenant(Period.DAY, Allowance.messages(2)))
                .with(BudgetLimit.tenant(new TenantId("big"), Period.DAY, Allowance.messages(4)))
                .with(BudgetLimit.eachCampaign(Period.TOTAL, Allowance.segments(1))));
        for (int i = 0; i < 6; i++) {
            bench.send(Bench.to(100 + i).tenant(new TenantId("small")));
            bench.send(Bench.to(200 + i).tenant(new TenantId("big")));
            bench.send(Bench.to(300 + i).tenant(new TenantId("other")).tag("campaign", "spring"));
        }
        bench.forward(Duration.ofSeconds(1));

        assertThat(bench.provider.submissions()).hasSize(2 + 4 + 1);
    }

    @Test
    void a_day_begins_at_midnight_in_the_zone_of_the_budgets() {
        ZoneId auckland = ZoneId.of("Pacific/Auckland");
        Bench bench =
                bench(Budgets.none().withZone(auckland).with(BudgetLimit.everyone(Period.DAY, Allowance.messages(1))));
        LocalDate today = LocalDate.ofInstant(bench.time.instant(), auckland);
        bench.send(Bench.to(100));
        bench.forward(Duration.ofSeconds(1));
        bench.time.forward(Duration.between(
                        bench.time.instant(),
                        today.plusDays(1).atStartOfDay(auckland).toInstant())
                .minusSeconds(1));
        assertThat(bench.send(Bench.to(101)).status()).isEqualTo(MessageStatus.REFUSED);
        bench.time.forward(Duration.ofSeconds(1));

        assertThat(bench.send(Bench.to(102)).status()).isEqualTo(MessageStatus.QUEUED);
    }

    @Test
    void where_the_price_is_not_known_a_cap_in_money_lets_nothing_through() {
        Bench bench = cents(100);

        Receipt receipt =
                bench.send(OutboundMessage.to(new PhoneNumber("+447400123456")).text("Hello."));

        assertThat(receipt.status()).isEqualTo(MessageStatus.REFUSED);
        assertThat(receipt.reason()).contains("price");
    }

    @Test
    void two_caps_for_the_same_are_a_mistake() {
        Budgets one = Budgets.none().with(BudgetLimit.everyone(Period.DAY, Allowance.messages(1)));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> one.with(BudgetLimit.everyone(Period.DAY, Allowance.messages(2))))
                .withMessageContaining("messages");
    }
}
