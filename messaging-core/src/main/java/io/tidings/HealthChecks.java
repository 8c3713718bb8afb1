package io.tidings;

import io.tidings.provider.ProviderHealth;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** Refreshes the provider's health once a minute in the background. */
final class HealthChecks implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final ProviderHealth health;
    private @Nullable ScheduledExecutorService thread;
    private @Nullable Future<?> checks;

    HealthChecks(ProviderHealth health) {
        this.health = health;
    }

    ProviderHealth health() {
        return health;
    }

    synchronized void start() {
        thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread daemon = new Thread(task, "tidings-health");
            daemon.setDaemon(true);
            return daemon;
        });
        checks = health.refreshEvery(PAUSE, thread);
    }

    @Override
    public synchronized void close() {
        if (checks != null) {
            checks.cancel(true);
        }
        if (thread != null) {
            thread.shutdownNow();
        }
    }
}
