package io.tidings.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.analytics.Statistics.ErrorCount;
import io.tidings.analytics.Statistics.Point;
import io.tidings.message.Category;
import io.tidings.message.Channel;
import io.tidings.message.MemoryTransactions;
import io.tidings.message.MessageStatus;
import io.tidings.message.Money;
import io.tidings.message.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    private static final Instant START = Instant.parse("2026-03-27T22:00:00Z");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private final MemoryStatistics store = new MemoryStatistics(new MemoryTransactions());
    private final Statistics statistics = new Statistics(store);

    private void count(Instant at, MessageStatus status, long messages) {
        add(at, Measure.MESSAGES, status.name(), messages);
    }

    private void add(Instant at, Measure measure, String name, long amount) {
        Cell cell = new Cell(TenantId.DEFAULT, at, Category.TRANSACTIONAL, Channel.SMS, null);
        store.add(List.of(new Delta(cell, measure, name, amount)));
    }

    private static Period days(int days) {
        return new Period(START, START.plus(Duration.ofDays(days)));
    }

    @Test
    void the_delivery_rate_counts_only_what_is_known_and_shows_the_rest_beside_it() {
        count(START, MessageStatus.DELIVERED, 70);
        count(START, MessageStatus.READ, 5);
        count(START, MessageStatus.UNDELIVERED, 15);
        count(START, MessageStatus.FAILED, 6);
        count(START, MessageStatus.EXPIRED, 4);
        count(START, MessageStatus.SENT, 30);
        count(START, MessageStatus.ACCEPTED, 10);
        count(START, MessageStatus.DEAD, 2);
        count(START, MessageStatus.REFUSED, 8);
        count(START, MessageStatus.CANCELED, 1);

        Totals totals = statistics.totals(TenantId.DEFAULT, days(1));

        assertThat(totals.deliveryRate()).hasValue(0.75);
        assertThat(totals.delivered()).isEqualTo(75);
        assertThat(totals.known()).isEqualTo(100);
        assertThat(totals.open()).isEqualTo(42);
        assertThat(totals.unsent()).isEqualTo(9);
        assertThat(totals.all()).isEqualTo(151);
    }

    @Test
    void nothing_known_is_no_rate() {
        count(START, MessageStatus.SENT, 3);

        assertThat(statistics.totals(TenantId.DEFAULT, days(1)).deliveryRate()).isEmpty();
        assertThat(statistics.totals(new TenantId("nobody"), days(1))).isEqualTo(Totals.NOTHING);
    }

    @Test
    void costs_are_one_sum_per_currency_and_segments_those_handed_over() {
        add(START, Measure.COST, "USD", 7_900);
        add(START, Measure.COST, "USD", 7_900);
        add(START, Measure.COST, "EUR", 70_000);
        add(START, Measure.SEGMENTS, MessageStatus.SENT.name(), 4);
        add(START, Measure.SEGMENTS, MessageStatus.REFUSED.name(), 9);

        Totals totals = statistics.totals(TenantId.DEFAULT, days(1));

        assertThat(totals.cost()).containsExactly(Money.of("0.07", "EUR"), Money.of("0.0158", "USD"));
        assertThat(totals.segments()).isEqualTo(4);
    }

    @Test
    void days_begin_at_midnight_of_the_zone_also_where_the_clock_changes() {
        count(START, MessageStatus.SENT, 1);
        count(START.plus(Duration.ofHours(1)), MessageStatus.SENT, 2);
        count(Instant.parse("2026-03-29T21:00:00Z"), MessageStatus.SENT, 4);
        count(Instant.parse("2026-03-29T22:00:00Z"), MessageStatus.SENT, 8);

        List<Point> points = statistics.series(TenantId.DEFAULT, days(3), Step.DAY, BERLIN);

        assertThat(points)
                .extracting(point -> point.start().toString())
                .containsExactly(
                        "2026-03-27T00:00+01:00[Europe/Berlin]",
                        "2026-03-28T00:00+01:00[Europe/Berlin]",
                        "2026-03-29T00:00+01:00[Europe/Berlin]",
                        "2026-03-30T00:00+02:00[Europe/Berlin]");
        assertThat(points).extracting(point -> point.totals().all()).containsExactly(1L, 2L, 4L, 8L);
    }

    @Test
    void hours_and_months_have_a_point_each_the_empty_ones_too() {
        count(START.plus(Duration.ofHours(2)), MessageStatus.SENT, 1);

        List<Point> hours = statistics.series(
                TenantId.DEFAULT, new Period(START, START.plus(Duration.ofHours(4))), Step.HOUR, ZoneOffset.UTC);
        List<Point> months = statistics.series(TenantId.DEFAULT, days(70), Step.MONTH, ZoneOffset.UTC);

        assertThat(hours).extracting(point -> point.totals().all()).containsExactly(0L, 0L, 1L, 0L);
        assertThat(months).extracting(point -> point.totals().all()).containsExactly(1L, 0L, 0L, 0L);
    }

    @Test
    void a_series_of_too_many_points_is_refused() {
        assertThatThrownBy(() -> statistics.series(TenantId.DEFAULT, days(3_000), Step.HOUR, ZoneOffset.UTC))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("points");
    }

    @Test
    void the_most_frequent_errors_come_first() {
        add(START, Measure.ERRORS, "30003", 5);
        add(START, Measure.ERRORS, "30006", 9);
        add(START, Measure.ERRORS, "21610", 5);

        assertThat(statistics.topErrors(TenantId.DEFAULT, days(1), 2))
                .containsExactly(new ErrorCount(30006, 9), new ErrorCount(21610, 5));
    }

    @Test
    void a_period_stands_beside_the_one_before() {
        count(START.minus(Duration.ofDays(1)), MessageStatus.DELIVERED, 3);
        count(START.minus(Duration.ofDays(2)), MessageStatus.DELIVERED, 90);
        count(START, MessageStatus.DELIVERED, 4);

        Statistics.Comparison comparison = statistics.compare(TenantId.DEFAULT, days(1));

        assertThat(comparison.period().delivered()).isEqualTo(4);
        assertThat(comparison.before().delivered()).isEqualTo(3);
    }

    @Test
    void a_period_is_widened_to_full_hours() {
        Period period = new Period(START.plusSeconds(1), START.plusSeconds(3601));

        assertThat(period).isEqualTo(new Period(START, START.plus(Duration.ofHours(2))));
        assertThatThrownBy(() -> new Period(START, START)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void categories_are_told_apart() {
        count(START, MessageStatus.SENT, 1);
        store.add(List.of(new Delta(
                new Cell(TenantId.DEFAULT, START, Category.OTP, Channel.SMS, "code"), Measure.MESSAGES, "SENT", 6)));

        assertThat(statistics.byCategory(TenantId.DEFAULT, days(1)))
                .hasSize(2)
                .containsEntry(Category.OTP, new Totals(Map.of(MessageStatus.SENT, 6L), 0, List.of(), Map.of()));
        assertThat(statistics.byTemplate(TenantId.DEFAULT, days(1))).containsOnlyKeys("code");
    }
}
