package io.tidings.event;

import io.tidings.message.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A budget has reached a threshold: once per threshold and period over all nodes.
 *
 * @param event its number
 * @param at when it happened
 * @param budget which
 * @param percent the threshold
 * @param used spent and reserved, in words, for example {@code 12.50 USD} or {@code 300 segments}
 * @param limit the cap, in the same words
 */
public record SpendLimitReached(long event, Instant at, Budget budget, int percent, String used, String limit)
        implements MessagingEvent {

    /**
     * Which budget.
     *
     * @param scope whose it is: {@code EVERYONE}, {@code TENANT} or {@code CAMPAIGN}
     * @param tenant the tenant, or {@code null} for everybody's
     * @param campaign the campaign, or {@code null} for another budget
     * @param period the day, month, or {@code total}
     */
    public record Budget(
            String scope,
            @Nullable TenantId tenant,
            @Nullable String campaign,
            String period) {}
}
