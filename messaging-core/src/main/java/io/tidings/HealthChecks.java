package io.tidings;

import io.tidings.message.AccountId;
import io.tidings.provider.ProviderHealth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** Refreshes the health of each account once a minute in the background, one after the other. */
final class HealthChecks implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final Map<AccountId, ProviderHealth> all = new ConcurrentHashMap<>();
    /** Guarded by this, as is the thread. */
    private final List<Future<?>> checks = new ArrayList<>();

    private @Nullable ScheduledExecutorService thread;

    /** Also looks at this account, at once if it has begun. */
    synchronized void add(AccountId account, ProviderHealth health) {
        all.put(account, health);
        if (thread != null) {
            checks.add(health.refreshEvery(PAUSE, thread));
        }
    }

    /** The house's. */
    ProviderHealth health() {
        return Objects.requireNonNull(all.get(AccountId.DEFAULT));
    }

    Optional<ProviderHealth> health(AccountId account) {
        return Optional.ofNullable(all.get(account));
    }

    synchronized void start() {
        ScheduledExecutorService one = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread daemon = new Thread(task, "tidings-health");
            daemon.setDaemon(true);
            return daemon;
        });
        thread = one;
        all.values().forEach(each -> checks.add(each.refreshEvery(PAUSE, one)));
    }

    @Override
    public synchronized void close() {
        checks.forEach(each -> each.cancel(true));
        if (thread != null) {
            thread.shutdownNow();
        }
    }
}
