package io.tidings.dispatch;

import io.tidings.message.Category;
import io.tidings.message.OutboundMessage;
import io.tidings.message.TenantId;
import io.tidings.message.TimeSource;
import io.tidings.outbox.QueueRow;
import io.tidings.outbox.Skip;
import io.tidings.throttle.Limit;
import io.tidings.throttle.Throttle;
import java.util.Optional;

/**
 * The permits of tenants and categories, in segments, beside those of the sender. They start empty, so that a change of
 * rates never doubles a burst. Safe for use by many threads.
 */
final class Quotas {
    private static final int MOST_TENANTS = 100_000;

    private final SenderRates rates;
    private final Throttle<Lane> tenants;
    private final Throttle<Category> categories;

    /** A tenant with the limit that it has now: with another one it begins anew, empty. */
    private record Lane(TenantId tenant, Limit limit) {}

    Quotas(SenderRates rates, TimeSource time) {
        this.rates = rates;
        this.tenants = Throttle.empty(Lane::limit, MOST_TENANTS, time::nanos);
        this.categories =
                Throttle.empty(category -> rates.of(category).orElseThrow(), Category.values().length, time::nanos);
    }

    private Optional<Lane> lane(TenantId tenant) {
        return rates.of(tenant).map(limit -> new Lane(tenant, limit));
    }

    /** Takes the permits of a message from both and returns the same skip, or takes none and says what to skip. */
    Skip tryAcquire(QueueRow row, Skip skip) {
        OutboundMessage message = row.stored().message();
        int segments = row.stored().segments();
        boolean limited = rates.of(message.category()).isPresent();
        if (limited && !categories.tryAcquire(message.category(), segments)) {
            return skip.and(message.category());
        }
        if (lane(message.tenant())
                .map(lane -> tenants.tryAcquire(lane, segments))
                .orElse(true)) {
            return skip;
        }
        if (limited) {
            categories.release(message.category(), segments);
        }
        return skip.and(message.tenant());
    }

    /** Gives back what was not used. */
    void release(QueueRow row) {
        OutboundMessage message = row.stored().message();
        int segments = row.stored().segments();
        if (rates.of(message.category()).isPresent()) {
            categories.release(message.category(), segments);
        }
        lane(message.tenant()).ifPresent(lane -> tenants.release(lane, segments));
    }

    /** How long until a message could get its permits. */
    long nanosUntil(QueueRow row) {
        OutboundMessage message = row.stored().message();
        int segments = row.stored().segments();
        long category =
                rates.of(message.category()).isPresent() ? categories.nanosUntil(message.category(), segments, 0) : 0;
        long tenant = lane(message.tenant())
                .map(lane -> tenants.nanosUntil(lane, segments, 0))
                .orElse(0L);
        return Math.max(category, tenant);
    }
}
