package io.tidings.analytics;

import io.tidings.message.Category;
import io.tidings.message.Channel;
import io.tidings.message.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps counters. Writing joins the transaction of the change that is counted, so both stay or neither does.
 *
 * <p>For a database: {@link #add} inserts rows and updates none, because all messages of a tenant's hour share a counter
 * and would wait for each other at it. {@link #fold} sums such rows up later, in small transactions of its own (PostgreSQL
 * and MariaDB 10.6 and later: take them with {@code FOR UPDATE SKIP LOCKED}, so that nodes share the work and never wait),
 * and {@link #sums} reads folded and new rows together. Safe for use by many threads.
 */
public interface StatisticsStore {

    /** Adds to counters, each of which begins at zero. */
    void add(List<Delta> deltas);

    /**
     * The sums of a tenant's counters from one hour on and before another, for each value of these dimensions; sums of
     * zero are left out. In no particular order.
     */
    List<Sum> sums(TenantId tenant, Instant from, Instant until, Set<Dimension> by);

    /**
     * Sums up at most so many of the rows that were added, and returns how many that were; 0 when there is nothing to do.
     * Changes no sum.
     */
    int fold(int limit);

    /** What sums can be told apart by. */
    enum Dimension {
        /** The hour in which messages were taken in. */
        HOUR,
        /** Why they were sent. */
        CATEGORY,
        /** How they travelled. */
        CHANNEL,
        /** What they were rendered from. */
        TEMPLATE
    }

    /**
     * One sum. What it was not asked by is {@code null}.
     *
     * @param group the values of the dimensions
     * @param measure what was counted
     * @param name which counter of the measure
     * @param amount the sum
     */
    record Sum(Group group, Measure measure, String name, long amount) {}

    /**
     * Values of dimensions.
     *
     * @param hour by {@link Dimension#HOUR}
     * @param category by {@link Dimension#CATEGORY}
     * @param channel by {@link Dimension#CHANNEL}
     * @param template by {@link Dimension#TEMPLATE}; {@code null} there also for messages without one
     */
    record Group(
            @Nullable Instant hour,
            @Nullable Category category,
            @Nullable Channel channel,
            @Nullable String template) {

        /** The values that a cell has in these dimensions. */
        public static Group of(Cell cell, Set<Dimension> by) {
            return new Group(
                    by.contains(Dimension.HOUR) ? cell.hour() : null,
                    by.contains(Dimension.CATEGORY) ? cell.category() : null,
                    by.contains(Dimension.CHANNEL) ? cell.channel() : null,
                    by.contains(Dimension.TEMPLATE) ? cell.template() : null);
        }
    }
}
