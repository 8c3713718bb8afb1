package io.tidings.event;

import io.tidings.message.StoreUnavailableException;
import io.tidings.message.UnitOfWork;
import io.tidings.message.WordlessTrace;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners of events, each in a transaction in which it is marked as told. On a thread of its own, or stepped by a
 * test. Asks the store for nothing while nobody listens. Safe for use by many threads.
 */
public final class EventDispatcher implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EventDispatcher.class);
    private static final long POLL_SECONDS = 2;
    private static final long GRACE_MILLIS = 10_000;

    private final EventStore store;
    private final EventListeners listeners;
    private final EventSettings settings;
    private final UnitOfWork transactions;
    private final Function<EventRow, Optional<MessagingEvent>> reader;
    private final Semaphore hints = new Semaphore(0);
    private final Thread loop = new Thread(this::run, "tidings-events");
    private volatile BooleanSupplier calm = () -> false;
    private volatile boolean stopping;

    /**
     * Tells nobody before {@link #start} or {@link #runDue}.
     *
     * @param transactions what the listeners run in
     * @param reader makes an event of what was written; nothing if what it is about is gone
     */
    public EventDispatcher(
            EventStore store,
            EventListeners listeners,
            EventSettings settings,
            UnitOfWork transactions,
            Function<EventRow, Optional<MessagingEvent>> reader) {
        this.store = store;
        this.listeners = listeners;
        this.settings = settings;
        this.transactions = transactions;
        this.reader = reader;
        loop.setDaemon(true);
    }

    /** From now on asks the store for nothing while this tells that nothing is due, unless it is woken. Must be fast. */
    public void restWhile(BooleanSupplier nothingIsDue) {
        calm = nothingIsDue;
    }

    /** Starts the loop. Once. */
    public void start() {
        loop.start();
    }

    /** There may be something to tell. Cheap; any thread. */
    public void wake() {
        if (hints.availablePermits() == 0) {
            hints.release();
        }
    }

    /** Tells all that is due, on the caller's thread, and returns how many those were. For tests; not while {@link #start}ed. */
    public int runDue() {
        if (loop.isAlive()) {
            throw new IllegalStateException(
                    "events are told by themselves; runDue is for a system that was not started");
        }
        int told = 0;
        for (int more = round(); more > 0; more = round()) {
            told += more;
        }
        return told;
    }

    private void run() {
        boolean woken = true;
        while (!stopping) {
            int told = 0;
            try {
                told = woken || !calm.getAsBoolean() ? round() : 0;
            } catch (StoreUnavailableException e) {
                log.warn("the store is unavailable, events wait: {}", e.getMessage());
            } catch (RuntimeException e) {
                log.error("telling events failed and goes on", WordlessTrace.of(e));
            }
            woken = told > 0 || await();
        }
    }

    /** Tells whether it was woken. */
    private boolean await() {
        try {
            boolean hinted = hints.tryAcquire(POLL_SECONDS, TimeUnit.SECONDS);
            if (hinted) {
                hints.drainPermits();
            }
            return hinted;
        } catch (InterruptedException e) {
            stopping = true;
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private int round() {
        Set<EventKind> heard = listeners.heard();
        if (heard.isEmpty()) {
            return 0;
        }
        List<EventRow> claimed = store.claim(heard, settings.atOnce(), settings.lease());
        for (EventRow row : claimed) {
            if (!stopping) {
                tell(row);
            }
        }
        return claimed.size();
    }

    private void tell(EventRow row) {
        if (row.tries() > settings.attempts()) {
            setAside(row, "begun " + row.tries() + " times without an end");
            return;
        }
        try {
            transactions.execute(() -> deliver(row));
        } catch (ListenerFailed e) {
            failed(row, Objects.requireNonNull(e.getCause()));
        } catch (StoreUnavailableException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            failed(row, e);
        }
    }

    /** The mark first: whoever lost the claim must tell nobody. */
    private void deliver(EventRow row) {
        if (!store.finish(row)) {
            return;
        }
        Optional<MessagingEvent> event = reader.apply(row);
        if (event.isEmpty()) {
            log.debug("event {} is about something that is gone, nobody is told", row.number());
            return;
        }
        try {
            listeners.tell(row, event.get());
        } catch (Exception e) {
            throw new ListenerFailed(e);
        }
    }

    /** Keeps apart what a listener throws: it may use a store of its own that is down. */
    private static final class ListenerFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ListenerFailed(Exception cause) {
            super(cause);
        }
    }

    private void failed(EventRow row, Throwable error) {
        String kind = error.getClass().getName();
        if (row.tries() >= settings.attempts()) {
            setAside(row, "tried " + row.tries() + " times, failed with " + kind);
        } else {
            log.warn(
                    "event {} ({}), try {}: a listener failed with {}",
                    row.number(),
                    row.what().kind(),
                    row.tries(),
                    kind);
            store.postpone(row, settings.pauseAfter(row.tries()));
        }
    }

    private void setAside(EventRow row, String why) {
        log.error("event {} ({}) is set aside: {}", row.number(), row.what().kind(), why);
        store.setAside(row);
    }

    /** Takes up no more events, and waits at most ten seconds for the listener at work. */
    @Override
    public void close() {
        stopping = true;
        wake();
        try {
            if (loop.isAlive()) {
                loop.join(GRACE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        loop.interrupt();
    }
}
