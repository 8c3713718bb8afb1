package io.tidings.dispatch;

import io.tidings.audit.AuditLog;
import io.tidings.message.AccountId;
import io.tidings.message.AttemptId;
import io.tidings.message.StoreUnavailableException;
import io.tidings.message.TimeSource;
import io.tidings.message.WordlessTrace;
import io.tidings.outbox.Lookout;
import io.tidings.provider.AccountCheck;
import io.tidings.provider.Provider;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
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
    /** How much nearer is looked where the far end is not calm. */
    private static final int NARROWING = 8;

    private static final int MOST_STEPS = 1_000_000;
    /** Threads for what is asked beside the sending. */
    private static final int SPARE = 8;

    private final WorkerSetup setup;
    private final Dispatcher dispatcher;
    private final Wakeup wakeup = new Wakeup();
    private final @Nullable ExecutorService ownThreads;
    private final Thread loop;
    private final Crew crew;
    private volatile boolean stopping;

    /** A worker that does nothing until {@link #start} or {@link #runDue}. */
    public Worker(WorkerSetup setup) {
        this.setup = setup;
        this.ownThreads = setup.executor() == null
                ? WorkerThreads.create(setup.settings().inFlight()
                                * Math.max(1, setup.providers().size())
                        + SPARE)
                : null;
        Executor executor = ownThreads != null ? ownThreads : Objects.requireNonNull(setup.executor());
        this.crew = new Crew(executor, wakeup, TimeSource.system()::nanos);
        this.dispatcher = new Dispatcher(UUID.randomUUID().toString(), setup, executor, wakeup, crew);
        this.loop = new Thread(this::run, "tidings-dispatch");
        loop.setDaemon(true);
    }

    /** Starts the loop. Once. */
    public void start() {
        crew.open(this::turn);
        loop.start();
    }

    /** There may be something to do. Cheap; any thread. */
    public void wake() {
        wakeup.hint();
    }

    private void run() {
        boolean hinted = true;
        while (!stopping) {
            hinted = wakeup.await(crew.take(hinted ? this::turn : this::look));
        }
        drain();
    }

    private long turn() {
        return guarded(dispatcher::tick);
    }

    private long look() {
        return guarded(dispatcher::look);
    }

    private static long guarded(LongSupplier turn) {
        try {
            return turn.getAsLong();
        } catch (StoreUnavailableException e) {
            log.warn("the store is unavailable, trying again in a second: {}", e.getMessage());
            return AFTER_ERROR;
        } catch (RuntimeException e) {
            log.error("the dispatcher failed and goes on in a second", WordlessTrace.of(e));
            return AFTER_ERROR;
        }
    }

    /** From now on looks for what this node tells of, too, so that {@link #calmFor} is about that as well. */
    public void lookFor(Supplier<Lookout.Told> told) {
        dispatcher.calm().lookFor(told);
    }

    /**
     * For how long nothing is due on this node, of messages, events and all else that {@link Lookout} sees; zero if that is
     * not known. Who has a loop of its own need not ask the store meanwhile. What this node does itself is told otherwise.
     */
    public Duration calmFor() {
        return dispatcher.calm().left();
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
            if (again > 0 && dispatcher.isAtRest()) {
                return Duration.ofNanos(again);
            }
        }
        throw new IllegalStateException("still busy after " + MOST_STEPS + " steps");
    }

    /**
     * For how much of this time nothing comes due, for who steps time after {@link #runDue()}; zero if that is less than a poll
     * interval. No other node may be at work.
     */
    public Duration calmUpTo(Duration atMost) {
        Duration least = setup.settings().pollInterval();
        for (Duration span = atMost; span.compareTo(least) > 0; span = span.dividedBy(NARROWING)) {
            if (dispatcher.isCalmFor(span)) {
                return span;
            }
        }
        return Duration.ZERO;
    }

    private void drain() {
        long end = TimeSource.system().nanos() + setup.settings().grace().toNanos();
        long again = crew.take(this::settled);
        while (again > 0 && TimeSource.system().nanos() - end < 0) {
            wakeup.await(again);
            again = crew.take(this::settled);
        }
        if (again > 0) {
            log.warn(
                    "requests were still in flight after {}; their messages are held",
                    setup.settings().grace());
        }
        crew.take(() -> {
            dispatcher.disown();
            return 0;
        });
    }

    /** Nanoseconds until it is worth looking again, 0 if everything is settled. */
    private long settled() {
        dispatcher.drain();
        return dispatcher.isIdle() ? 0 : TimeUnit.MILLISECONDS.toNanos(20);
    }

    /**
     * Sends through one more account from now on, which may be added at any time, once.
     *
     * @param hold for how long nothing is begun, unless it is {@linkplain #release released}
     */
    public void carry(AccountId account, Provider provider, Duration hold) {
        dispatcher.carry(account, provider, hold);
        if (ownThreads != null) {
            WorkerThreads.fit(ownThreads, setup.settings().inFlight() * dispatcher.accounts() + SPARE);
        }
    }

    /**
     * Begins no attempt through an account until {@link #release}, at most for this long. What was sent is followed, and
     * {@code send()} goes on taking messages in.
     */
    public void hold(AccountId account, Duration atMost) {
        dispatcher.line(account).state().hold(atMost);
    }

    /** Ends a hold. */
    public void release(AccountId account) {
        hold(account, Duration.ZERO);
        wakeup.hint();
    }

    /** Why nothing leaves this node or through an account, for as long as it takes; see also {@link #hold}. */
    public Holds holds() {
        return dispatcher.holds();
    }

    /** Before the start: compares what waits with what the provider has sent, and lets nothing leave until that is done. */
    public void reconcile(RestoreCheck check) {
        dispatcher.reconcile(check);
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
        if (dispatcher.line(account).state().found(check)) {
            wakeup.hint();
        }
    }

    /** Asks the provider about an attempt now, on the caller's thread. */
    public void refresh(AccountId account, AttemptId attempt, String sid) {
        dispatcher.poller().ask(dispatcher.line(account).provider(), attempt, sid);
    }

    /** Why nothing leaves through an account, or {@code null} if it sends. */
    public @Nullable String stopReason(AccountId account) {
        return holds().reason(account).orElse(dispatcher.line(account).state().stopReason());
    }

    /** How many requests an account may have in flight now; fewer than configured after a 429. */
    public int window(AccountId account) {
        return dispatcher.line(account).state().window().slots();
    }

    @Override
    public void close() {
        stopping = true;
        crew.close();
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
