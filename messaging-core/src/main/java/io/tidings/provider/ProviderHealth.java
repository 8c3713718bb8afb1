package io.tidings.provider;

import io.tidings.message.Money;
import io.tidings.message.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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
    private final @Nullable LowBalance watch;
    private volatile @Nullable Taken last;
    private volatile @Nullable Money balance;
    private volatile Consumer<AccountCheck> listener = check -> {};

    /** Knows nothing until the first refresh. */
    public ProviderHealth(Provider provider, TimeSource time) {
        this(provider, time, null);
    }

    /** The same, which also watches the balance at each scheduled refresh. */
    public ProviderHealth(Provider provider, TimeSource time, @Nullable LowBalance watch) {
        this.provider = provider;
        this.time = time;
        this.watch = watch;
    }

    /** Tells this one, instead of nobody, of each finding, on the thread that looked; it must not throw. */
    public void onCheck(Consumer<AccountCheck> told) {
        listener = told;
    }

    /** The newest finding and its age; empty before the first check has ended. Never blocks. */
    public Optional<Reading> latest() {
        Taken taken = last;
        Money left = balance;
        return taken == null
                ? Optional.empty()
                : Optional.of(new Reading(
                        taken.check,
                        Duration.ofNanos(time.nanos() - taken.nanos),
                        left,
                        left != null && watch != null && watch.isLow(left)));
    }

    /**
     * Checks now, within the provider's five seconds, and keeps the finding. This is how to validate on demand: it asks
     * even while a scheduled check is under way. The balance is left as it was.
     */
    public AccountCheck refresh() {
        AccountCheck check = check();
        last = new Taken(check, time.nanos());
        listener.accept(check);
        return check;
    }

    /**
     * Refreshes at once and then this long after each check has ended, until the result is cancelled. Of an active account
     * the balance is read as well.
     */
    public Future<?> refreshEvery(Duration pause, ScheduledExecutorService executor) {
        if (pause.isNegative() || pause.isZero()) {
            throw new IllegalArgumentException("the pause between health checks must be positive, got " + pause);
        }
        return executor.scheduleWithFixedDelay(this::look, 0, pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void look() {
        AccountCheck check = refresh();
        if (check.state() == AccountCheck.State.ACTIVE) {
            readBalance();
        }
    }

    private void readBalance() {
        try {
            Money left = provider.balance() instanceof Answer.Found<Money> found ? found.value() : null;
            balance = left;
            if (left != null && watch != null) {
                watch.seen(left);
            }
        } catch (RuntimeException e) {
            log.warn("reading the balance broke with {}", e.getClass().getName());
        }
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
     * @param balance what the account had left at the last scheduled look, or {@code null} if it is unknown: the key may
     *     not read it, or the provider keeps none
     * @param lowBalance whether that is below the threshold that the host has set
     */
    public record Reading(
            AccountCheck check, Duration age, @Nullable Money balance, boolean lowBalance) {}

    private record Taken(AccountCheck check, long nanos) {}
}
