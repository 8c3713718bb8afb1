package io.tidings.inbound;

import io.tidings.history.InboundRow;
import io.tidings.history.InboundState;
import io.tidings.message.AccountId;
import io.tidings.message.InboundMessage;
import io.tidings.message.Received;
import io.tidings.message.StoreUnavailableException;
import io.tidings.message.TimeSource;
import io.tidings.message.WordlessTrace;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in what people send and works it off: first all consent, then handlers, a few at once and one after the other in
 * each conversation. On a thread of its own, or stepped by a test. Safe for use by many threads.
 */
public final class InboundWorker implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(InboundWorker.class);
    private static final Duration POLL = Duration.ofSeconds(2);
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final int MOST_STEPS = 1_000_000;

    private final InboundSetup setup;
    private final Consents consents;
    private final Handling handling;
    private final GapFills gaps;
    private final Semaphore hints = new Semaphore(0);
    private final Semaphore free;
    private final ExecutorService threads;
    /** Fetches what was missed by other accounts than the house's. */
    private final ExecutorService beside;

    private final Thread loop;
    private volatile BooleanSupplier calm = () -> false;
    private volatile boolean stopping;

    /**
     * A worker that does nothing until {@link #start} or {@link #runDue}. What was missed is counted from now on.
     *
     * @param released told of each account once, when its first fetch of missed messages has ended or patience has
     */
    public InboundWorker(InboundSetup setup, Consumer<AccountId> released) {
        this.setup = setup;
        Failures failures = new Failures(setup.stores(), setup.settings());
        this.consents = new Consents(setup, failures);
        this.handling = new Handling(setup, failures);
        this.gaps = new GapFills(setup, consents, released, this::wake);
        this.free = new Semaphore(setup.settings().threads());
        AtomicInteger number = new AtomicInteger();
        this.threads = Executors.newFixedThreadPool(
                setup.settings().threads(), task -> daemon(task, "tidings-inbound-" + number.incrementAndGet()));
        ThreadPoolExecutor one = new ThreadPoolExecutor(
                1,
                1,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> daemon(task, "tidings-inbound-missed"));
        one.allowCoreThreadTimeOut(true);
        this.beside = one;
        this.loop = daemon(this::run, "tidings-inbound");
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Also fetches what was missed by this account, from now on. Tells whether sending through it should wait for the first
     * fetch.
     */
    public boolean open(AccountInbox inbox) {
        boolean wait = gaps.open(inbox);
        wake();
        return wait;
    }

    /** From now on asks the store for nothing while this tells that nothing is due, unless it is woken. Must be fast. */
    public void restWhile(BooleanSupplier nothingIsDue) {
        calm = nothingIsDue;
    }

    /** Starts the loop. Once. */
    public void start() {
        loop.start();
    }

    /** There may be something to do. Cheap; any thread. */
    public void wake() {
        if (hints.availablePermits() == 0) {
            hints.release();
        }
    }

    /**
     * Stores what a webhook brought, in one transaction, and returns the TwiML to answer with. The same provider id is
     * stored once.
     *
     * @param account whose token signed it
     * @param raw everything the request said
     */
    public String accept(AccountId account, Received received, Map<String, String> raw) {
        InboundMessage message = setup.takenIn(account, received);
        boolean isNew = setup.stores().transactions().run(() -> {
            setup.stores().transactions().afterCommit(this::wake);
            return setup.stores().inbound().append(message, raw);
        });
        if (!isNew || gaps.isWaiting() || !setup.routes().answersNow(message)) {
            return Twiml.EMPTY;
        }
        try {
            consents.drain();
            return handling.answerNow(message).map(Twiml::message).orElse(Twiml.EMPTY);
        } catch (RuntimeException e) {
            // It is stored, so the provider need not come again: the loop answers.
            log.warn(
                    "message {} could not be answered at once: {}",
                    message.id(),
                    e.getClass().getName());
            return Twiml.EMPTY;
        }
    }

    private void run() {
        boolean woken = true;
        while (!stopping) {
            boolean more = false;
            try {
                more = tick(woken);
            } catch (StoreUnavailableException e) {
                log.warn("the store is unavailable, inbound messages wait: {}", e.getMessage());
            } catch (RuntimeException e) {
                log.error("processing inbound messages failed and goes on", WordlessTrace.of(e));
            }
            woken = more || await();
        }
    }

    /** Tells whether it was woken. */
    private boolean await() {
        try {
            boolean hinted = hints.tryAcquire(POLL.toNanos(), TimeUnit.NANOSECONDS);
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

    /** One round; tells whether there may be more to do at once. */
    private boolean tick(boolean woken) {
        if (gaps.look(beside) || (!woken && calm.getAsBoolean())) {
            return false;
        }
        boolean heard = consents.drain();
        int slots = free.availablePermits();
        List<InboundRow> claimed = slots == 0
                ? List.of()
                : setup.stores()
                        .inbound()
                        .claim(InboundState.CHECKED, slots, setup.settings().lease());
        claimed.forEach(this::begin);
        return heard || (slots > 0 && claimed.size() == slots);
    }

    private void begin(InboundRow row) {
        free.acquireUninterruptibly();
        try {
            threads.execute(() -> {
                try {
                    handle(row);
                } finally {
                    free.release();
                    wake();
                }
            });
        } catch (RejectedExecutionException e) {
            free.release();
        }
    }

    private void handle(InboundRow row) {
        try {
            handling.handle(row);
        } catch (RuntimeException e) {
            log.warn(
                    "message {} could not be finished and is tried again when its lease ends: {}",
                    row.message().id(),
                    e.getClass().getName());
        }
    }

    /** Does all that is due, on the caller's thread. For tests with a stepped clock; not while {@link #start}ed. */
    public void runDue() {
        if (loop.isAlive()) {
            throw new IllegalStateException("the worker runs by itself; runDue is for a worker that was not started");
        }
        if (gaps.look(Runnable::run)) {
            return;
        }
        for (int step = 0; step < MOST_STEPS; step++) {
            boolean heard = consents.drain();
            List<InboundRow> claimed = setup.stores()
                    .inbound()
                    .claim(InboundState.CHECKED, 1, setup.settings().lease());
            claimed.forEach(handling::handle);
            if (!heard && claimed.isEmpty()) {
                return;
            }
        }
        throw new IllegalStateException("still busy after " + MOST_STEPS + " steps");
    }

    /** What an operator does with inbound messages. */
    public InboundDesk desk() {
        return new InboundDesk(setup.stores(), gaps, this::wake, setup.time());
    }

    /** Stops taking messages up, waits at most ten seconds for handlers at work, and interrupts those that stay. */
    @Override
    public void close() {
        stopping = true;
        wake();
        threads.shutdown();
        beside.shutdownNow();
        long end = TimeSource.system().nanos() + GRACE.toNanos();
        try {
            if (loop.isAlive()) {
                loop.join(GRACE.toMillis());
            }
            threads.awaitTermination(Math.max(0, end - TimeSource.system().nanos()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.shutdownNow();
        loop.interrupt();
    }
}
