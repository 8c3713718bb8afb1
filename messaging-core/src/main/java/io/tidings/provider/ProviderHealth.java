package io.tidings.provider;

import io.tidings.message.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the newest check of a provider's account found, and how old that is.
 *
 * <p>Reading never blocks and never asks the provider; asking happens in {@link #refresh()}, by whoever calls it or by a
 * schedule. Safe for use by many threads.
 */
public final class ProviderHealth {
    private static final Logger log = LoggerFactory.getLogger(ProviderHealth.class);

    private final Provider provider;
    private final TimeSource time;
    private volatile @Nullable Taken last;

    /** Knows nothing until the first refresh. */
    public ProviderHealth(Provider provider, TimeSource time) {
        this.provider = provider;
        this.time = time;
    }

    /** The newest finding and its age; empty before the first check has ended. Never blocks. */
    public Optional<Reading> latest() {
        Taken taken = last;
        return taken == null
                ? Optional.empty()
                : Optional.of(new Reading(taken.check, Duration.ofNanos(time.nanos() - taken.nanos)));
    }

    /**
     * Checks now, within the provider's five seconds, and keeps the finding. This is how to validate on demand: it asks
     * even while a scheduled check is under way.
     */
    public AccountCheck refresh() {
        AccountCheck check = check();
        last = new Taken(check, time.nanos());
        return check;
    }

    /** Refreshes at once and then this long after each check has ended, until the result is cancelled. */
    public Future<?> refreshEvery(Duration pause, ScheduledExecutorService executor) {
        if (pause.isNegative() || pause.isZero()) {
            throw new IllegalArgumentException("the pause between health checks must be positive, got " + pause);
        }
        return executor.scheduleWithFixedDelay(this::refresh, 0, pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** A provider may not throw; one that does anyway must not end the schedule. */
    private AccountCheck check() {
        try {
            return provider.check();
        } catch (RuntimeException e) {
            log.warn("the account check broke with {}", e.getClass().getName());
            return new AccountCheck(
                    AccountCheck.State.UNREACHABLE,
                    "the check itself broke with " + e.getClass().getSimpleName());
        }
    }

    /**
     * One finding.
     *
     * @param check what was found
     * @param age how long ago, by the monotonic clock
     */
    public record Reading(AccountCheck check, Duration age) {}

    private record Taken(AccountCheck check, long nanos) {}
}
