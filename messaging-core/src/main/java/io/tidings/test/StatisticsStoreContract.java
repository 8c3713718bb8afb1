package io.tidings.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.analytics.Cell;
import io.tidings.analytics.Delta;
import io.tidings.analytics.Measure;
import io.tidings.analytics.StatisticsStore;
import io.tidings.analytics.StatisticsStore.Dimension;
import io.tidings.analytics.StatisticsStore.Group;
import io.tidings.analytics.StatisticsStore.Sum;
import io.tidings.message.Category;
import io.tidings.message.Channel;
import io.tidings.message.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link StatisticsStore} does. */
abstract class StatisticsStoreContract extends StoreContract {
    private static final TenantId TENANT = TenantId.DEFAULT;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Instant END = LONG_AGO.plus(Duration.ofDays(9));

    StatisticsStoreContract(AllStoresContract author) {
        super(author);
    }

    private StatisticsStore statistics() {
        return stores().records().statistics();
    }

    private static Cell cell(int hour, Category category, @Nullable String template) {
        return new Cell(TENANT, LONG_AGO.plus(HOUR.multipliedBy(hour)), category, Channel.SMS, template);
    }

    private static Delta sent(Cell cell, long amount) {
        return new Delta(cell, Measure.MESSAGES, "SENT", amount);
    }

    private List<Sum> sums(Dimension... by) {
        return statistics().sums(TENANT, LONG_AGO, END, Set.of(by));
    }

    private static Sum sum(Group key, String name, long amount) {
        return new Sum(key, Measure.MESSAGES, name, amount);
    }

    private static Group key(@Nullable Instant hour, @Nullable Category category, @Nullable String template) {
        return new Group(hour, category, null, template);
    }

    @Test
    void what_is_added_is_summed_by_the_dimensions_that_are_asked() {
        statistics()
                .add(List.of(
                        sent(cell(0, Category.OTP, "code"), 3),
                        sent(cell(0, Category.MARKETING, null), 5),
                        sent(cell(1, Category.MARKETING, null), 7)));

        assertThat(sums()).containsExactly(sum(key(null, null, null), "SENT", 15));
        assertThat(sums(Dimension.CATEGORY))
                .containsExactlyInAnyOrder(
                        sum(key(null, Category.OTP, null), "SENT", 3),
                        sum(key(null, Category.MARKETING, null), "SENT", 12));
        assertThat(sums(Dimension.HOUR))
                .containsExactlyInAnyOrder(
                        sum(key(LONG_AGO, null, null), "SENT", 8),
                        sum(key(LONG_AGO.plus(HOUR), null, null), "SENT", 7));
        assertThat(sums(Dimension.TEMPLATE))
                .containsExactlyInAnyOrder(
                        sum(key(null, null, "code"), "SENT", 3), sum(key(null, null, null), "SENT", 12));
        assertThat(sums(Dimension.CHANNEL))
                .containsExactly(new Sum(new Group(null, null, Channel.SMS, null), Measure.MESSAGES, "SENT", 15));
    }

    @Test
    void measures_and_names_are_told_apart_and_sums_of_zero_left_out() {
        Cell cell = cell(0, Category.OTP, null);
        statistics()
                .add(List.of(
                        sent(cell, 1),
                        sent(cell, -1),
                        new Delta(cell, Measure.MESSAGES, "DELIVERED", 1),
                        new Delta(cell, Measure.COST, "USD", 5_000_000_000_000L),
                        new Delta(cell, Measure.COST, "EUR", -7)));

        Group all = key(null, null, null);
        assertThat(sums())
                .containsExactlyInAnyOrder(
                        sum(all, "DELIVERED", 1),
                        new Sum(all, Measure.COST, "USD", 5_000_000_000_000L),
                        new Sum(all, Measure.COST, "EUR", -7));
    }

    @Test
    void a_period_has_its_first_hour_and_not_its_last() {
        statistics().add(List.of(sent(cell(1, Category.OTP, null), 1), sent(cell(2, Category.OTP, null), 10)));

        Instant first = LONG_AGO.plus(HOUR);
        assertThat(statistics().sums(TENANT, first, first.plus(HOUR), Set.of()))
                .containsExactly(sum(key(null, null, null), "SENT", 1));
        assertThat(statistics().sums(TENANT, LONG_AGO, first, Set.of())).isEmpty();
    }

    @Test
    void each_tenant_has_counters_of_its_own() {
        TenantId other = new TenantId("garage");
        statistics().add(List.of(sent(new Cell(other, LONG_AGO, Category.OTP, Channel.SMS, null), 1)));

        assertThat(sums()).isEmpty();
        assertThat(statistics().sums(other, LONG_AGO, END, Set.of())).hasSize(1);
    }

    @Test
    void folding_changes_no_sum_and_comes_to_an_end() {
        long seed = Long.getLong("tidings.seed", 13L);
        SplittableRandom random = new SplittableRandom(seed);
        Map<Group, Long> model = new HashMap<>();
        Category[] categories = Category.values();
        for (int i = 0; i < 120; i++) {
            String template = random.nextBoolean() ? null : "t" + random.nextInt(2);
            Cell cell = cell(random.nextInt(3), categories[random.nextInt(categories.length)], template);
            long amount = random.nextLong(-2, 5);
            statistics().add(List.of(sent(cell, amount)));
            model.merge(Group.of(cell, EnumSet.allOf(Dimension.class)), amount, Long::sum);
            if (random.nextInt(10) == 0) {
                statistics().fold(random.nextInt(1, 20));
            }
        }
        for (int i = 0; i < 1000 && statistics().fold(50) > 0; i++) {
            assertAgrees(seed, model);
        }
        assertThat(statistics().fold(50)).isZero();
        assertAgrees(seed, model);
    }

    private void assertAgrees(long seed, Map<Group, Long> model) {
        Map<Group, Long> read = new HashMap<>();
        sums(Dimension.values()).forEach(sum -> read.put(sum.group(), sum.amount()));
        Map<Group, Long> expected = new HashMap<>(model);
        expected.values().removeIf(amount -> amount == 0);
        assertThat(read).as("seed %s", seed).isEqualTo(expected);
    }

    @Test
    void many_threads_count_and_fold_without_losing_one() throws Exception {
        Cell cell = cell(0, Category.OTP, null);
        List<Callable<Boolean>> threads = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            threads.add(() -> {
                for (int i = 0; i < 25; i++) {
                    stores().transactions().execute(() -> statistics().add(List.of(sent(cell, 1))));
                    statistics().fold(10);
                }
                return true;
            });
        }
        Together.call(threads);

        assertThat(sums()).containsExactly(sum(key(null, null, null), "SENT", 100));
    }
}
