package io.tidings.spring.observe;

import io.tidings.Tidings;
import io.tidings.endpoint.EndpointView;
import io.tidings.jdbc.JdbcStores;
import io.tidings.jdbc.SchemaState;
import io.tidings.message.NotConfiguredException;
import io.tidings.message.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads queue and tables in the background, so that health and metrics never wait for the database. Safe for use by many
 * threads.
 */
final class Pulse {
    /** A node with nothing to do is read so many times less often. */
    private static final int QUIET = 3;
    /** Tables that are right only change with a release, or with a database that then fails. */
    private static final Duration TABLES_STAND = Duration.ofMinutes(5);

    private final Tidings tidings;
    private final @Nullable JdbcStores database;
    private final Duration interval;
    private final TimeSource time;
    private final List<Consumer<Reading>> listeners = new CopyOnWriteArrayList<>();
    private volatile @Nullable Taken last;
    private volatile @Nullable Tables tables;
    private @Nullable ScheduledExecutorService thread;

    private record Taken(Reading reading, long nanos) {
        boolean hasFailed() {
            return reading.trouble() != null;
        }
    }

    private record Tables(SchemaState state, long nanos) {}

    Pulse(Tidings tidings, @Nullable JdbcStores database, Duration interval, TimeSource time) {
        this.tidings = tidings;
        this.database = database;
        this.interval = interval;
        this.time = time;
    }

    Tidings tidings() {
        return tidings;
    }

    /** Whether messages may leave this node: its worker runs and does not stand still. */
    boolean isSending() {
        return tidings.isWorking() && tidings.standstill().isEmpty();
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
        Taken taken = new Taken(take(), time.nanos());
        last = taken;
        listeners.forEach(each -> each.accept(taken.reading));
    }

    /** Reads, but what is good may stand for three intervals while nothing is due on this node. */
    void tick() {
        Taken taken = last;
        // Each tick is a little late: by its age alone the second would be taken for the third.
        boolean stands = taken != null
                && !taken.hasFailed()
                && age().plus(interval.dividedBy(2)).compareTo(interval.multipliedBy(QUIET)) <= 0;
        if (!stands || !tidings.isQuiet()) {
            read();
        }
    }

    /** Tells this one of every reading, on the thread that read. It must not throw. */
    void onReading(Consumer<Reading> listener) {
        listeners.add(listener);
    }

    private Reading take() {
        try {
            return new Reading(
                    tidings.counts(), tidings.lag(), database == null ? null : tables(database), endpoints(), null);
        } catch (RuntimeException e) {
            return Reading.failed(e);
        }
    }

    private SchemaState tables(JdbcStores stores) {
        Tables known = tables;
        Taken taken = last;
        if (known == null
                || !known.state.isReady()
                || (taken != null && taken.hasFailed())
                || time.nanos() - known.nanos >= TABLES_STAND.toNanos()) {
            known = new Tables(stores.state(), time.nanos());
            tables = known;
        }
        return known.state;
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

    /** Reads from now on, on a thread of its own. */
    @SuppressWarnings("FutureReturnValueIgnored") // take() lets nothing out
    synchronized void start() {
        if (thread != null) {
            return;
        }
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread daemon = new Thread(task, "tidings-pulse");
            daemon.setDaemon(true);
            return daemon;
        });
        timer.scheduleWithFixedDelay(this::tick, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
        thread = timer;
    }

    synchronized void stop() {
        if (thread != null) {
            thread.shutdownNow();
            thread = null;
        }
    }
}
