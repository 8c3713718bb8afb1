package io.tidings.analytics;

import io.tidings.analytics.StatisticsStore.Dimension;
import io.tidings.analytics.StatisticsStore.Group;
import io.tidings.analytics.StatisticsStore.Sum;
import io.tidings.message.Category;
import io.tidings.message.TenantId;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What became of a tenant's messages, from counters: no message is read, however many there are. A message counts in the
 * hour in which it was taken in, from when it left the queue on. Safe for use by many threads.
 */
public final class Statistics {
    private static final int MOST_POINTS = 20_000;

    private final StatisticsStore store;

    /** Over these counters. */
    public Statistics(StatisticsStore store) {
        this.store = store;
    }

    /** Everything together. */
    public Totals totals(TenantId tenant, Period period) {
        return grouped(tenant, period, Set.of(), key -> "").getOrDefault("", Totals.NOTHING);
    }

    /** By why they were sent. */
    public Map<Category, Totals> byCategory(TenantId tenant, Period period) {
        Map<Category, Totals> found =
                grouped(tenant, period, Set.of(Dimension.CATEGORY), key -> Objects.requireNonNull(key.category()));
        Map<Category, Totals> ordered = new EnumMap<>(Category.class);
        ordered.putAll(found);
        return ordered;
    }

    /** By the name of their template; those without one are left out. */
    public Map<String, Totals> byTemplate(TenantId tenant, Period period) {
        Map<String, Totals> found = grouped(
                tenant, period, Set.of(Dimension.TEMPLATE), key -> key.template() == null ? "" : key.template());
        found.remove("");
        return new TreeMap<>(found);
    }

    /**
     * A point for each hour, day or month of this zone that begins before the period's end, the empty ones too. An hour of
     * the counters belongs to the step in which it begins: in zones that are off by parts of an hour a day is shifted by
     * that part.
     */
    public List<Point> series(TenantId tenant, Period period, Step step, ZoneId zone) {
        Map<Instant, TotalsBuilder> sums = new HashMap<>();
        for (Sum sum : store.sums(tenant, period.from(), period.until(), Set.of(Dimension.HOUR))) {
            Instant start =
                    step.start(Objects.requireNonNull(sum.group().hour()), zone).toInstant();
            sums.computeIfAbsent(start, key -> new TotalsBuilder()).add(sum);
        }
        List<Point> points = new ArrayList<>();
        ZonedDateTime at = step.start(period.from(), zone);
        while (at.toInstant().isBefore(period.until())) {
            if (points.size() == MOST_POINTS) {
                throw new IllegalArgumentException(
                        "a series has at most " + MOST_POINTS + " points; take a shorter period or longer steps");
            }
            TotalsBuilder found = sums.get(at.toInstant());
            points.add(new Point(at, found == null ? Totals.NOTHING : found.totals()));
            at = step.next(at);
        }
        return points;
    }

    /** The most frequent of the provider's error codes, the most frequent one first. */
    public List<ErrorCount> topErrors(TenantId tenant, Period period, int limit) {
        return totals(tenant, period).errors().entrySet().stream()
                .map(entry -> new ErrorCount(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingLong(ErrorCount::messages)
                        .reversed()
                        .thenComparing(ErrorCount::code))
                .limit(limit)
                .toList();
    }

    /** A period beside the one of the same length before it. */
    public Comparison compare(TenantId tenant, Period period) {
        return new Comparison(totals(tenant, period), totals(tenant, period.before()));
    }

    private <K> Map<K, Totals> grouped(TenantId tenant, Period period, Set<Dimension> by, Function<Group, K> name) {
        Map<K, TotalsBuilder> builders = new HashMap<>();
        for (Sum sum : store.sums(tenant, period.from(), period.until(), by)) {
            builders.computeIfAbsent(name.apply(sum.group()), key -> new TotalsBuilder())
                    .add(sum);
        }
        Map<K, Totals> totals = new HashMap<>();
        builders.forEach((key, builder) -> totals.put(key, builder.totals()));
        return totals;
    }

    /**
     * One step of a series.
     *
     * @param start when it begins
     * @param totals what became of the messages that were taken in then
     */
    public record Point(ZonedDateTime start, Totals totals) {}

    /** How many messages stand with an error code. */
    public record ErrorCount(int code, long messages) {}

    /** Two periods of the same length. */
    public record Comparison(Totals period, Totals before) {}
}
