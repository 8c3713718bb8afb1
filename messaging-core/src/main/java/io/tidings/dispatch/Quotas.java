package io.tidings.dispatch;

import io.tidings.message.Category;
import io.tidings.message.OutboundMessage;
import io.tidings.message.TenantId;
import io.tidings.message.TimeSource;
import io.tidings.outbox.QueueRow;
import io.tidings.outbox.Skip;
import io.tidings.throttle.Limit;
import io.tidings.throttle.LimitStore;
import io.tidings.throttle.SharedThrottle;
import java.util.Optional;

/**
 * The permits of tenants and categories, in segments, beside those of the sender: one limit for all nodes. Safe for use by
 * many threads.
 */
final class Quotas {
    private final SenderRates rates;
    private final SharedThrottle throttle;

    Quotas(SenderRates rates, LimitStore limits, TimeSource time) {
        this.rates = rates;
        this.throttle = new SharedThrottle(limits, time::nanos);
    }

    /** Takes the permits of a message from both and returns the same skip, or takes none and says what to skip. */
    Skip tryAcquire(QueueRow row, Skip skip) {
        OutboundMessage message = row.stored().message();
        int segments = row.stored().segments();
        Optional<Limit> category = rates.of(message.category());
        if (category.isPresent() && !throttle.tryAcquire(name(message.category()), category.get(), segments)) {
            return skip.and(message.category());
        }
        Optional<Limit> tenant = rates.of(message.tenant());
        if (tenant.isEmpty() || throttle.tryAcquire(name(message.tenant()), tenant.get(), segments)) {
            return skip;
        }
        category.ifPresent(limit -> throttle.release(name(message.category()), limit, segments));
        return skip.and(message.tenant());
    }

    /** Gives back what was not used. */
    void release(QueueRow row) {
        OutboundMessage message = row.stored().message();
        int segments = row.stored().segments();
        rates.of(message.category()).ifPresent(limit -> throttle.release(name(message.category()), limit, segments));
        rates.of(message.tenant()).ifPresent(limit -> throttle.release(name(message.tenant()), limit, segments));
    }

    /** How long until a message could get its permits. */
    long nanosUntil(QueueRow row) {
        OutboundMessage message = row.stored().message();
        int segments = row.stored().segments();
        long category =
                rates.of(message.category()).isPresent() ? throttle.nanosUntil(name(message.category()), segments) : 0;
        long tenant =
                rates.of(message.tenant()).isPresent() ? throttle.nanosUntil(name(message.tenant()), segments) : 0;
        return Math.max(category, tenant);
    }

    private static String name(TenantId tenant) {
        return "tenant|" + tenant.value();
    }

    private static String name(Category category) {
        return "category|" + category.name();
    }
}
