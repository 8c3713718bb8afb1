package io.tidings;

import io.tidings.analytics.StatisticsStore;
import io.tidings.message.StoreUnavailableException;
import io.tidings.message.WordlessTrace;
import io.tidings.retention.Retention;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes what is kept no longer and sums counters up, on a thread of its own, so that sending never waits for it. */
final class Sweeps implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Sweeps.class);
    private static final int FOLDED_AT_ONCE = 1_000;

    private final Retention retention;
    private final StatisticsStore statistics;
    private @Nullable ScheduledExecutorService thread;

    Sweeps(Retention retention, StatisticsStore statistics) {
        this.retention = retention;
        this.statistics = statistics;
    }

    Retention retention() {
        return retention;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // guarded() lets nothing out, so there is nothing to be told
    synchronized void start() {
        thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread daemon = new Thread(task, "tidings-sweeps");
            daemon.setDaemon(true);
            return daemon;
        });
        thread.scheduleWithFixedDelay(() -> guarded(this::fold), 1, 1, TimeUnit.MINUTES);
        thread.scheduleWithFixedDelay(() -> guarded(retention::sweep), 10, 60, TimeUnit.MINUTES);
    }

    private void fold() {
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
