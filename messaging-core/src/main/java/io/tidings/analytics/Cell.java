package io.tidings.analytics;

import io.tidings.message.Category;
import io.tidings.message.Channel;
import io.tidings.message.TenantId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a message is counted under, from the first to the last of its statuses.
 *
 * @param tenant whose it is
 * @param hour when it was taken in, cut to the hour (UTC): a delivery on the next day counts in the hour of its message
 * @param category why it was sent
 * @param channel how it travelled
 * @param template the name of its template, or {@code null}
 */
public record Cell(
        TenantId tenant,
        Instant hour,
        Category category,
        Channel channel,
        @Nullable String template) {

    /** Cuts the time to the hour. */
    public Cell {
        hour = hour.truncatedTo(ChronoUnit.HOURS);
    }
}
