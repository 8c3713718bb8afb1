package io.tidings.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.budget.BudgetLine;
import io.tidings.budget.BudgetStore;
import io.tidings.budget.BudgetStore.Reservation;
import io.tidings.budget.BudgetUse;
import io.tidings.message.AttemptId;
import io.tidings.message.Money;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link BudgetStore} does. */
abstract class BudgetStoreContract extends StoreContract {
    private static final String DAY = "EVERYONE|2026-11-21|USD|";
    private static final String TENANT = "TENANT|total|USD|acme";

    BudgetStoreContract(AllStoresContract author) {
        super(author);
    }

    private BudgetStore budgets() {
        return stores().budgets();
    }

    private static BudgetLine line(String name, long amount, long limit) {
        return new BudgetLine(name, "USD", amount, limit);
    }

    private AttemptId reserved(BudgetLine... lines) {
        AttemptId attempt = begunAttempt();
        assertThat(budgets().reserve(List.of(new Reservation(attempt, List.of(lines)))))
                .isEmpty();
        return attempt;
    }

    private BudgetUse use(String name) {
        return budgets().use(Set.of(name)).getOrDefault(name, BudgetUse.NONE);
    }

    private static Money dollars(String amount) {
        return Money.of(amount, "USD");
    }

    @Test
    void a_budget_has_room_up_to_its_limit_and_not_a_millionth_more() {
        reserved(line(DAY, 60, 100));
        reserved(line(DAY, 40, 100));
        AttemptId late = begunAttempt();

        assertThat(budgets().reserve(List.of(new Reservation(late, List.of(line(DAY, 1, 100))))))
                .isEqualTo(Map.of(late, line(DAY, 1, 100)));
        assertThat(use(DAY)).isEqualTo(new BudgetUse(0, 100, 0));
    }

    @Test
    void an_attempt_gets_all_of_its_lines_or_none() {
        reserved(line(TENANT, 90, 100));
        AttemptId attempt = begunAttempt();
        BudgetLine full = line(TENANT, 20, 100);

        Map<AttemptId, BudgetLine> without =
                budgets().reserve(List.of(new Reservation(attempt, List.of(line(DAY, 20, 100), full))));

        assertThat(without).isEqualTo(Map.of(attempt, full));
        assertThat(use(DAY)).isEqualTo(BudgetUse.NONE);
    }

    @Test
    void those_who_come_first_in_a_batch_get_the_room() {
        List<Reservation> batch = IntStream.range(0, 5)
                .mapToObj(i -> new Reservation(begunAttempt(), List.of(line(DAY, 30, 100))))
                .toList();

        Map<AttemptId, BudgetLine> without = budgets().reserve(batch);

        assertThat(without.keySet())
                .containsExactlyInAnyOrder(batch.get(3).attempt(), batch.get(4).attempt());
        assertThat(use(DAY).reserved()).isEqualTo(90);
    }

    @Test
    void a_release_gives_the_room_back_once_and_it_can_be_taken_again() {
        AttemptId attempt = reserved(line(DAY, 100, 100));

        budgets().release(attempt);
        budgets().release(attempt);
        budgets().release(begunAttempt());

        assertThat(use(DAY).used()).isZero();
        assertThat(budgets().reserve(List.of(new Reservation(attempt, List.of(line(DAY, 70, 100))))))
                .isEmpty();
        assertThat(use(DAY)).isEqualTo(new BudgetUse(0, 70, 0));
    }

    @Test
    void a_price_takes_the_place_of_the_estimate_and_a_better_one_that_of_the_first() {
        AttemptId attempt = reserved(line(DAY, 7_900, 10_000), new BudgetLine(TENANT, "segments", 2, 10));

        budgets().settle(attempt, dollars("0.0083"));
        assertThat(use(DAY)).isEqualTo(new BudgetUse(8_300, 0, 0));
        assertThat(use(TENANT)).isEqualTo(new BudgetUse(0, 2, 0));
        budgets().settle(attempt, dollars("0.0083"));
        budgets().settle(attempt, dollars("0.02"));

        assertThat(use(DAY)).isEqualTo(new BudgetUse(20_000, 0, 0));
    }

    @Test
    void a_price_is_not_released_and_counts_even_after_a_release() {
        AttemptId priced = reserved(line(DAY, 100, 1_000_000));
        budgets().settle(priced, dollars("0.5"));
        budgets().release(priced);
        AttemptId released = reserved(line(DAY, 100, 1_000_000));
        budgets().release(released);
        budgets().settle(released, dollars("0.25"));

        assertThat(use(DAY)).isEqualTo(new BudgetUse(750_000, 0, 0));
    }

    @Test
    void a_price_in_another_currency_or_of_a_stranger_changes_nothing() {
        AttemptId attempt = reserved(line(DAY, 100, 1_000));

        budgets().settle(attempt, Money.of("1", "EUR"));
        budgets().settle(begunAttempt(), dollars("1"));

        assertThat(use(DAY)).isEqualTo(new BudgetUse(0, 100, 0));
    }

    @Test
    void a_threshold_is_told_once_and_never_a_smaller_one_after_it() {
        reserved(line(DAY, 80, 100));

        assertThat(budgets().alert(DAY, 50)).isTrue();
        assertThat(budgets().alert(DAY, 50)).isFalse();
        assertThat(budgets().alert(DAY, 80)).isTrue();
        assertThat(budgets().alert(DAY, 50)).isFalse();
        assertThat(budgets().alert("nobody", 50)).isFalse();
        assertThat(use(DAY)).isEqualTo(new BudgetUse(0, 80, 80));
    }

    @Test
    void what_is_rolled_back_was_never_reserved_priced_or_told() {
        AttemptId attempt = reserved(line(DAY, 10, 100));
        BudgetUse before = use(DAY);

        assertThatThrownBy(() -> stores().transactions().execute(() -> {
                    reserved(line(DAY, 10, 100), line(TENANT, 10, 100));
                    budgets().settle(attempt, dollars("3"));
                    budgets().alert(DAY, 50);
                    throw new IllegalStateException("the caller's own trouble");
                }))
                .hasMessage("the caller's own trouble");

        assertThat(use(DAY)).isEqualTo(before);
        assertThat(use(TENANT)).isEqualTo(BudgetUse.NONE);
    }

    @Test
    void many_threads_never_get_more_than_there_is() throws Exception {
        List<Callable<Integer>> threads = IntStream.range(0, 8)
                .mapToObj(thread -> (Callable<Integer>) () -> {
                    int got = 0;
                    for (int i = 0; i < 25; i++) {
                        Reservation wanted =
                                new Reservation(begunAttempt(), List.of(line(DAY, 7, 500), line(TENANT, 7, 10_000)));
                        got += budgets().reserve(List.of(wanted)).isEmpty() ? 1 : 0;
                    }
                    return got;
                })
                .toList();

        int got = Together.call(threads).stream().mapToInt(Integer::intValue).sum();

        assertThat(got).isEqualTo(71);
        assertThat(use(DAY).reserved()).isEqualTo(497);
        assertThat(use(TENANT).reserved()).isEqualTo(497);
    }
}
