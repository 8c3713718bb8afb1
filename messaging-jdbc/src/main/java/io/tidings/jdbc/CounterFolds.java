package io.tidings.jdbc;

import io.tidings.message.StoreUnavailableException;
import io.tidings.message.WordlessTrace;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds counters up beside intake. Workers do it in their turns, but where all of them stand still, each {@code send()} would read
 * one row for each message that waits. On a thread of its own, which is there while it is needed only: a transaction of the host
 * is no place for it, and the thread that has one has no second connection. Safe for use by many threads.
 */
final class CounterFolds {
    private static final Logger log = LoggerFactory.getLogger(CounterFolds.class);
    /** So many changes are read in about a quarter of a millisecond. */
    private static final int EVERY = 1_000;

    private final Counters counters;
    private final AtomicInteger added = new AtomicInteger();
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            0,
            1,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(1),
            task -> {
                Thread daemon = new Thread(task, "tidings-counters");
                daemon.setDaemon(true);
                return daemon;
            },
            new ThreadPoolExecutor.DiscardPolicy());

    CounterFolds(Counters counters) {
        this.counters = counters;
    }

    /** A change was added, or is with the transaction that runs. */
    void added() {
        if (added.incrementAndGet() >= EVERY) {
            added.set(0);
            thread.execute(this::fold);
        }
    }

    private void fold() {
        try {
            counters.fold(EVERY / 2);
        } catch (StoreUnavailableException e) {
            log.debug("counters are added up later: {}", e.getMessage());
        } catch (RuntimeException e) {
            log.warn("counters could not be added up", WordlessTrace.of(e));
        }
    }
}
