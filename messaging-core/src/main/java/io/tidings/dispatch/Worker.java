package io.tidings.dispatch;

import io.tidings.audit.AuditLog;
import io.tidings.message.AccountId;
import io.tidings.message.AttemptId;
import io.tidings.message.StoreUnavailableException;
import io.tidings.message.TimeSource;
import io.tidings.message.WordlessTrace;
import io.tidings.provider.AccountCheck;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes messages out of the outbox and follows them: the dispatcher on a thread of its own, or stepped by a test.
 *
 * <p>{@link #close} stops taking messages, waits for requests in flight up to the grace of the settings, records their
 * outcomes and gives the senders back, so that another node can go on at once. Safe for use by many threads.
 */
public final class Worker implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Worker.class);
    private static final long AFTER_ERROR = TimeUnit.SECONDS.toNanos(1);
    private static final int MOST_STEPS = 1_000_000;

    private final WorkerSetup setup;
    private final Dispatcher dispatcher;
    private final Wakeup wakeup = new Wakeup();
    private final @Nullable ExecutorService ownThreads;
    private final Thread loop;
    private volatile boolean stopping;

    /** A worker that does nothing until {@link #start} or {@link #runDue}. */
    public Worker(WorkerSetup setup) {
        this.setup = setup;
        this.ownThreads = setup.executor() == null
                ? WorkerThreads.create(setup.settings().inFlight()
                                * Math.max(1, setup.providers().size())
                        + 8)
                : null;
        Executor executor = ownThreads != null ? ownThreads : Objects.requireNonNull(setup.executor());
        this.dispatcher = new Dispatcher(UUID.randomUUID().toString(), setup, executor, wakeup);
        this.loop = new Thread(this::run, "tidings-dispatch");
        loop.setDaemon(true);
    }

    /** Starts the loop. Once. */
    public void start() {
        loop.start();
    }

    /** There may be something to do. Cheap; any thread. */
    public void wake() {
        wakeup.hint();
    }

    private void run() {
        while (!stopping) {
            long again;
            try {
                again = dispatcher.tick();
            } catch (StoreUnavailableException e) {
                log.warn("the store is unavailable, trying again in a second: {}", e.getMessage());
                again = AFTER_ERROR;
            } catch (RuntimeException e) {
                log.error("the dispatcher failed and goes on in a second", WordlessTrace.of(e));
                again = AFTER_ERROR;
            }
            wakeup.await(again);
        }
        drain();
    }

    /**
     * Does all that is due, on the caller's thread, and returns after which time it is worth coming back. For tests with a
     * stepped clock; not while {@link #start}ed.
     */
    public Duration runDue() {
        if (loop.isAlive()) {
            throw new IllegalStateException("the worker runs by itself; runDue is for a worker that was not started");
        }
        for (int step = 0; step < MOST_STEPS; step++) {
            long again = dispatcher.tick();
            if (again > 0 && isAtRest()) {
                return Duration.ofNanos(again);
            }
        }
        throw new IllegalStateException("still busy after " + MOST_STEPS + " steps");
    }

    private boolean isAtRest() {
        return dispatcher.isIdle()
                && !dispatcher.isChecking()
                && dispatcher.hasNoQuestions()
                && !dispatcher.owesLook();
    }

    private void drain() {
        long end = TimeSource.system().nanos() + setup.settings().grace().toNanos();
        do {
            dispatcher.drain();
            if (!dispatcher.isIdle()) {
                wakeup.await(TimeUnit.MILLISECONDS.toNanos(20));
            }
        } while (!dispatcher.isIdle() && TimeSource.system().nanos() - end < 0);
        if (!dispatcher.isIdle()) {
            log.warn(
                    "requests were still in flight after {}; their messages are held",
                    setup.settings().grace());
        }
        dispatcher.disown();
    }

    /**
     * Begins no attempt until {@link #release}, at most for this long. What was sent is followed, and {@code send()} goes
     * on taking messages in.
     */
    public void hold(Duration atMost) {
        dispatcher.hold(atMost);
    }

    /** Ends a hold. */
    public void release() {
        dispatcher.hold(Duration.ZERO);
        wakeup.hint();
    }

    /** Puts other rates in force while running. */
    public void changeRates(SenderRates rates) {
        dispatcher.changeRates(rates);
    }

    /** Records in this log when an account stands still and when it sends again. */
    public void recordIn(AuditLog acts) {
        dispatcher.recordIn(acts);
    }

    /** A check of the account beside the worker's own: one that finds it suspended or refused stops it. */
    public void found(AccountId account, AccountCheck check) {
        dispatcher.line(account).state().found(check);
        wakeup.hint();
    }

    /** Asks the provider about an attempt now, on the caller's thread. */
    public void refresh(AccountId account, AttemptId attempt, String sid) {
        dispatcher.poller().ask(dispatcher.line(account).provider(), attempt, sid);
    }

    /** Why an account stands still, or {@code null} if it sends. */
    public @Nullable String stopReason(AccountId account) {
        return dispatcher.line(account).state().stopReason();
    }

    /** How many requests an account may have in flight now; fewer than configured after a 429. */
    public int window(AccountId account) {
        return dispatcher.line(account).state().window().slots();
    }

    @Override
    public void close() {
        stopping = true;
        wakeup.hint();
        if (loop.isAlive()) {
            join(setup.settings().grace().plus(Duration.ofSeconds(5)));
        } else {
            drain();
        }
        if (ownThreads != null) {
            ownThreads.shutdownNow();
        }
    }

    private void join(Duration most) {
        try {
            loop.join(most.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
