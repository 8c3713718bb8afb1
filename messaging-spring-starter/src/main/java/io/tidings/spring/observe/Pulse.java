package io.tidings.spring.observe;

import io.tidings.Tidings;
import io.tidings.endpoint.EndpointView;
import io.tidings.jdbc.JdbcStores;
import io.tidings.message.NotConfiguredException;
import io.tidings.message.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Reads queue and tables in the background, so that health and metrics never wait for the database. Safe for use by many
 * threads.
 */
final class Pulse implements SmartLifecycle {
    private final Tidings tidings;
    private final @Nullable JdbcStores database;
    private final Duration interval;
    private final TimeSource time;
    private volatile @Nullable Taken last;
    private @Nullable ScheduledExecutorService thread;

    private record Taken(Reading reading, long nanos) {}

    Pulse(Tidings tidings, @Nullable JdbcStores database, Duration interval, TimeSource time) {
        this.tidings = tidings;
        this.database = database;
        this.interval = interval;
        this.time = time;
    }

    Tidings tidings() {
        return tidings;
    }

    /** The newest reading; empty before the first. Never blocks. */
    Optional<Reading> latest() {
        Taken taken = last;
        return taken == null ? Optional.empty() : Optional.of(taken.reading);
    }

    /** How old the newest reading is. */
    Duration age() {
        Taken taken = last;
        return taken == null ? Duration.ZERO : Duration.ofNanos(time.nanos() - taken.nanos);
    }

    /** Whether readings stopped coming: the database hangs rather than fails. */
    boolean isStale() {
        return age().compareTo(interval.multipliedBy(3).plusSeconds(10)) > 0;
    }

    /** Reads now, on the caller's thread. */
    void read() {
        last = new Taken(take(), time.nanos());
    }

    private Reading take() {
        try {
            return new Reading(
                    tidings.counts(), tidings.lag(), database == null ? null : database.state(), endpoints(), null);
        } catch (RuntimeException e) {
            return Reading.failed(e);
        }
    }

    private List<EndpointView> endpoints() {
        return hasEndpoints() ? tidings.endpoints().all() : List.of();
    }

    /** Whether anybody is told over HTTP. */
    boolean hasEndpoints() {
        try {
            return !tidings.endpoints().names().isEmpty();
        } catch (NotConfiguredException e) {
            // There are none, which is usual.
            return false;
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // take() lets nothing out
    public synchronized void start() {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread daemon = new Thread(task, "tidings-pulse");
            daemon.setDaemon(true);
            return daemon;
        });
        timer.scheduleWithFixedDelay(this::read, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
        thread = timer;
    }

    @Override
    public synchronized void stop() {
        if (thread != null) {
            thread.shutdownNow();
            thread = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }
}
