package io.tidings.inbound;

import io.tidings.history.InboundRow;
import io.tidings.history.InboundState;
import io.tidings.message.InboundMessage;
import io.tidings.message.Received;
import io.tidings.message.StoreUnavailableException;
import io.tidings.message.TimeSource;
import io.tidings.message.WordlessTrace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
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
    private final Runnable released;
    private final Consents consents;
    private final Handling handling;
    private final GapFill gaps;
    private final Instant patientUntil;
    private final Semaphore hints = new Semaphore(0);
    private final Semaphore free;
    private final ExecutorService threads;
    private final Thread loop;
    private volatile BooleanSupplier calm = () -> false;
    private volatile boolean held;
    private volatile boolean stopping;

    /**
     * A worker that does nothing until {@link #start} or {@link #runDue}. What was missed is counted from now on.
     *
     * @param released run once, when the first fetch of missed messages has ended or patience has
     */
    public InboundWorker(InboundSetup setup, Runnable released) {
        this.setup = setup;
        this.released = released;
        Failures failures = new Failures(setup.stores(), setup.settings());
        this.consents = new Consents(setup, failures);
        this.handling = new Handling(setup, failures);
        this.gaps = new GapFill(setup, consents);
        this.patientUntil = setup.time().instant().plus(setup.gaps().patience());
        this.free = new Semaphore(setup.settings().threads());
        AtomicInteger number = new AtomicInteger();
        this.threads = Executors.newFixedThreadPool(
                setup.settings().threads(), task -> daemon(task, "tidings-inbound-" + number.incrementAndGet()));
        this.loop = daemon(this::run, "tidings-inbound");
        gaps.open();
        this.held = gaps.isUnfilled() && !setup.gaps().patience().isZero();
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Whether sending should wait for the first fetch of missed messages. */
    public boolean isHeld() {
        return held;
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
     * @param raw everything the request said
     */
    public String accept(Received received, Map<String, String> raw) {
        InboundMessage message = setup.takenIn(received);
        boolean isNew = setup.stores().transactions().run(() -> {
            setup.stores().transactions().afterCommit(this::wake);
            return setup.stores().inbound().append(message, raw);
        });
        if (!isNew || held || !setup.routes().answersNow(message)) {
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
        if (prepare() || (!woken && calm.getAsBoolean())) {
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

    /** Fetches what was missed if it is time to. Tells whether nothing may be processed yet. */
    private boolean prepare() {
        gaps.look();
        boolean wait = gaps.isUnfilled() && held && setup.time().instant().isBefore(patientUntil);
        if (!wait && held) {
            if (gaps.isUnfilled()) {
                log.warn("sending begins although what people sent meanwhile could not be fetched: {}", gaps.report());
            }
            held = false;
            released.run();
        }
        return wait;
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
        if (prepare()) {
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
