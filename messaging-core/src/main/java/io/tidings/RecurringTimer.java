package io.tidings;

import io.tidings.message.StoreUnavailableException;
import io.tidings.message.WordlessTrace;
import io.tidings.outbox.Recurrences;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes in the occurrences of recurring messages when they come; looks every ten seconds for those of other nodes. */
final class RecurringTimer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RecurringTimer.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);

    private volatile @Nullable Recurrences recurrences;
    private volatile @Nullable ScheduledExecutorService thread;
    private volatile Supplier<Duration> calm = () -> Duration.ZERO;

    /** Looks from now on, but not while none is due for as long as this tells. */
    void start(Recurrences all, Supplier<Duration> noneIsDue) {
        recurrences = all;
        calm = noneIsDue;
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = new Thread(task, "tidings-recurring");
            made.setDaemon(true);
            return made;
        });
        thread = timer;
        timer.execute(() -> goOn(timer));
    }

    /** One was added: its occurrence may come before the next look. */
    @SuppressWarnings("FutureReturnValueIgnored") // a look handles its own failures
    void wake() {
        ScheduledExecutorService timer = thread;
        Recurrences all = recurrences;
        if (timer != null && all != null) {
            try {
                timer.execute(() -> timer.schedule(() -> look(all), look(all).toMillis() + 1, TimeUnit.MILLISECONDS));
            } catch (RejectedExecutionException e) {
                log.debug("the system is closed and looks for recurring messages no more");
            }
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a look handles its own failures
    private void goOn(ScheduledExecutorService timer) {
        Recurrences all = recurrences;
        Duration left = calm.get();
        Duration wait = all == null ? LOOK_EVERY : left.isZero() ? look(all) : left;
        try {
            timer.schedule(() -> goOn(timer), Math.max(10, wait.toMillis()), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            log.debug("the system is closed while it looks for recurring messages");
        }
    }

    private static Duration look(Recurrences all) {
        try {
            return all.runDue(LOOK_EVERY);
        } catch (StoreUnavailableException e) {
            log.warn("the store is unavailable, recurring messages wait: {}", e.getMessage());
        } catch (RuntimeException e) {
            log.error("recurring messages could not be taken in, it is tried again", WordlessTrace.of(e));
        }
        return LOOK_EVERY;
    }

    @Override
    public void close() {
        ScheduledExecutorService timer = thread;
        if (timer != null) {
            timer.shutdownNow();
        }
    }
}
