package io.tidings.endpoint;

import io.tidings.audit.Action;
import io.tidings.audit.AuditLog;
import io.tidings.event.EventKind;
import io.tidings.event.EventListeners;
import io.tidings.event.EventRow;
import io.tidings.event.MessagingEvent;
import io.tidings.message.StoreUnavailableException;
import io.tidings.message.TimeSource;
import io.tidings.message.WordlessTrace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Outgoing webhooks: writes a delivery for each endpoint in the transaction in which an event is told, and carries it out
 * on threads of its own, or stepped by a test. Delivered at least once, in no order. Safe for use by many threads.
 */
public final class Endpoints implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Endpoints.class);
    private static final long POLL_SECONDS = 5;
    private static final long GRACE_SECONDS = 20;
    private static final int REMOVED_AT_ONCE = 1_000;
    private static final long CLEAN_NANOS = Duration.ofHours(1).toNanos();

    private final EndpointSetup setup;
    private final List<Line> lines;
    private final Deliverer deliverer;
    private final AuditLog acts;
    private final TimeSource time;
    private final Semaphore hints = new Semaphore(0);
    private final Thread loop = new Thread(this::run, "tidings-endpoints");
    private final ExecutorService callers;
    private volatile boolean stopping;
    private volatile boolean known;
    /** Of the loop's thread, or of the test's. */
    private long cleaned;

    /** An endpoint and what this node is doing for it. */
    private record Line(WebhookEndpoint endpoint, Rest rest, AtomicInteger busy) {}

    /**
     * Delivers nothing before {@link #start} or {@link #runDue}.
     *
     * @param reader makes an event of what was written; nothing if what it is about is gone
     */
    public Endpoints(
            EndpointSetup setup,
            Function<EventRow, Optional<MessagingEvent>> reader,
            AuditLog acts,
            TimeSource time,
            RandomGenerator random) {
        this.setup = setup;
        this.deliverer = new Deliverer(setup, reader, acts, time, random);
        this.acts = acts;
        this.time = time;
        this.cleaned = time.nanos();
        this.lines = setup.all().stream()
                .map(endpoint -> new Line(endpoint, new Rest(), new AtomicInteger()))
                .toList();
        this.callers = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "tidings-endpoint-call");
            thread.setDaemon(true);
            return thread;
        });
        loop.setDaemon(true);
    }

    /** Writes deliveries of what is told to these listeners from now on. */
    public void follow(EventListeners listeners) {
        Set<EventKind> kinds = EnumSet.noneOf(EventKind.class);
        setup.all().forEach(each -> kinds.addAll(each.kinds()));
        listeners.follow(kinds, this::write);
    }

    private void write(EventRow event) {
        List<String> told = new ArrayList<>();
        for (WebhookEndpoint each : setup.all()) {
            if (each.kinds().contains(event.what().kind())) {
                told.add(each.name());
            }
        }
        setup.deliveries().append(event, told);
        acts.transactions().afterCommit(this::wake);
    }

    /** Starts to deliver. Once. */
    public void start() {
        loop.start();
    }

    /** There may be something to deliver. Cheap; any thread. */
    public void wake() {
        if (hints.availablePermits() == 0) {
            hints.release();
        }
    }

    /** Delivers all that is due, on the caller's thread, and returns how many tries those were. For tests; not while started. */
    public int runDue() {
        if (loop.isAlive()) {
            throw new IllegalStateException("events are delivered by themselves; runDue is for a system not started");
        }
        int tried = 0;
        for (int more = round(Runnable::run); more > 0; more = round(Runnable::run)) {
            tried += more;
        }
        return tried;
    }

    private void run() {
        while (!stopping) {
            guarded(() -> round(callers));
            try {
                if (hints.tryAcquire(POLL_SECONDS, TimeUnit.SECONDS)) {
                    hints.drainPermits();
                }
            } catch (InterruptedException e) {
                stopping = true;
                Thread.currentThread().interrupt();
            }
        }
    }

    private int round(Executor executor) {
        if (!known) {
            setup.endpoints().add(setup.names());
            known = true;
        }
        clean();
        int begun = 0;
        for (Line line : lines) {
            int free = line.rest.most(time.nanos(), setup.settings().atOnce()) - line.busy.get();
            if (free > 0 && !stopping) {
                begun += begin(line, free, executor);
            }
        }
        return begun;
    }

    private int begin(Line line, int free, Executor executor) {
        List<Delivery> claimed = setup.deliveries()
                .claim(line.endpoint.name(), free, setup.settings().lease());
        for (Delivery delivery : claimed) {
            line.busy.incrementAndGet();
            executor.execute(() -> {
                guarded(() -> deliverer.deliver(line.endpoint, delivery, line.rest));
                line.busy.decrementAndGet();
                wake();
            });
        }
        return claimed.size();
    }

    /** What nobody took for a month is in nobody's interest any more. */
    private void clean() {
        if (time.nanos() - cleaned >= CLEAN_NANOS) {
            cleaned = time.nanos();
            int gone = setup.deliveries().removeOlderThan(setup.settings().keep(), REMOVED_AT_ONCE);
            if (gone > 0) {
                log.warn(
                        "{} deliveries to endpoints are removed: they waited for {}",
                        gone,
                        setup.settings().keep());
            }
        }
    }

    private static void guarded(Runnable work) {
        try {
            work.run();
        } catch (StoreUnavailableException e) {
            log.warn("the store is unavailable, deliveries to endpoints wait: {}", e.getMessage());
        } catch (RuntimeException e) {
            log.error("delivering to an endpoint failed and goes on later", WordlessTrace.of(e));
        }
    }

    /** Their names, in the order in which they were given. Never blocks. */
    public List<String> names() {
        return setup.names();
    }

    /** How each endpoint is doing, in the order in which they were given. Reads the store. */
    public List<EndpointView> all() {
        return setup.names().stream()
                .map(name -> new EndpointView(
                        name,
                        setup.deliveries().counts(name),
                        setup.endpoints().find(name).orElse(EndpointState.WELL)))
                .toList();
    }

    /** Delivers nothing to an endpoint until {@link #enable}; what is for it waits. Audited with this reason. */
    public void disable(String name, String reason) {
        require(name);
        acts.transactions().execute(() -> {
            setup.endpoints().add(List.of(name));
            if (setup.endpoints().disable(name, reason)) {
                acts.act(Action.ENDPOINT_DISABLED)
                        .reason(reason)
                        .detail("endpoint", name)
                        .record();
            }
        });
    }

    /** Delivers to an endpoint again, what waited first. Nothing happens if it is enabled. Audited with this reason. */
    public void enable(String name, String reason) {
        Line line = require(name);
        acts.transactions().execute(() -> {
            if (setup.endpoints().enable(name)) {
                acts.act(Action.ENDPOINT_ENABLED)
                        .reason(reason)
                        .detail("endpoint", name)
                        .record();
            }
        });
        line.rest.end();
        wake();
    }

    /** Lets all deliveries to an endpoint that were set aside begin anew, and returns how many those were. Audited. */
    public int retryAll(String name) {
        return again(name, () -> setup.deliveries().retryAll(name));
    }

    /** Lets one delivery that was set aside begin anew. Returns false if it was not set aside. Audited. */
    public boolean retry(String name, long place) {
        return again(name, () -> setup.deliveries().retry(name, place) ? 1 : 0) == 1;
    }

    private int again(String name, IntSupplier retry) {
        Line line = require(name);
        int again = acts.transactions().run(() -> {
            int begun = retry.getAsInt();
            if (begun > 0) {
                acts.act(Action.ENDPOINT_RETRIED)
                        .detail("endpoint", name)
                        .detail("deliveries", Integer.toString(begun))
                        .record();
            }
            return begun;
        });
        line.rest.end();
        wake();
        return again;
    }

    /** Deliveries to an endpoint that have not succeeded yet, in the order in which they were written, behind this place. */
    public List<WaitingDelivery> waiting(String name, long behind, int limit) {
        require(name);
        return setup.deliveries().waiting(name, behind, limit);
    }

    private Line require(String name) {
        return lines.stream()
                .filter(line -> line.endpoint.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no endpoint of this name"));
    }

    /** Begins no more deliveries, and waits at most 20 seconds for those under way. */
    @Override
    public void close() {
        stopping = true;
        wake();
        try {
            // First the loop, so that it hands nothing to callers that are gone.
            if (loop.isAlive()) {
                loop.join(GRACE_SECONDS * 1_000);
            }
            callers.shutdown();
            if (!callers.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS)) {
                callers.shutdownNow();
            }
        } catch (InterruptedException e) {
            callers.shutdownNow();
            Thread.currentThread().interrupt();
        }
        loop.interrupt();
        setup.courier().close();
    }
}
