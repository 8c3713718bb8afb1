package io.tidings;

import io.tidings.analytics.StatisticsStore;
import io.tidings.message.StoreUnavailableException;
import io.tidings.message.TimeSource;
import io.tidings.message.WordlessTrace;
import io.tidings.retention.Retention;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes what is kept no longer and sums counters up, on a thread of its own, so that sending never waits for it. */
final class Sweeps implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Sweeps.class);
    private static final int FOLDED_AT_ONCE = 1_000;
    /** While nothing is due: for what a node has counted that died before it summed it up. */
    private static final Duration AT_REST = Duration.ofMinutes(15);

    private final Retention retention;
    private final StatisticsStore statistics;
    private final TimeSource time;
    /** Used by the thread alone, on the ticker. */
    private long foldedAt;

    private @Nullable ScheduledExecutorService thread;

    Sweeps(Retention retention, StatisticsStore statistics, TimeSource time) {
        this.retention = retention;
        this.statistics = statistics;
        this.time = time;
        this.foldedAt = time.nanos();
    }

    Retention retention() {
        return retention;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // guarded() lets nothing out, so there is nothing to be told
    synchronized void start(BooleanSupplier nothingIsDue) {
        thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread daemon = new Thread(task, "tidings-sweeps");
            daemon.setDaemon(true);
            return daemon;
        });
        thread.scheduleWithFixedDelay(() -> guarded(() -> fold(nothingIsDue)), 1, 1, TimeUnit.MINUTES);
        thread.scheduleWithFixedDelay(() -> guarded(retention::sweep), 10, 60, TimeUnit.MINUTES);
    }

    /** Sums up what was counted, unless nothing is due and it was done not long ago. */
    void fold(BooleanSupplier nothingIsDue) {
        if (nothingIsDue.getAsBoolean() && time.nanos() - foldedAt < AT_REST.toNanos()) {
            return;
        }
        foldedAt = time.nanos();
        while (statistics.fold(FOLDED_AT_ONCE) == FOLDED_AT_ONCE) {
            log.debug("{} counts were summed up, there are more", FOLDED_AT_ONCE);
        }
    }

    private static void guarded(Runnable work) {
        try {
            work.run();
        } catch (StoreUnavailableException e) {
            log.warn("the store is unavailable, cleaning goes on later: {}", e.getMessage());
        } catch (RuntimeException e) {
            log.error("cleaning failed and goes on later", WordlessTrace.of(e));
        }
    }

    @Override
    public synchronized void close() {
        if (thread != null) {
            thread.shutdownNow();
        }
    }
}
