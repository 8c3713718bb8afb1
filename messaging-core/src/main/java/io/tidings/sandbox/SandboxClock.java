package io.tidings.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time of one sandbox: its date, its monotonic nanoseconds, and the queue of what is due later.
 *
 * <p>A {@linkplain #real() real} clock runs with the machine and may be pushed ahead; a {@linkplain #steppable steppable}
 * one stands still until {@link #advance}. When time is advanced, every event up to the new time has run, in order of
 * its due time, before {@code advance} returns; on a steppable clock this includes the delivery of callbacks.
 *
 * <p>Safe for use by many threads. A clock belongs to one sandbox. A receiver of a callback must not call
 * {@code advance} while it answers: the running {@code advance} waits for that answer.
 */
public final class SandboxClock implements InstantSource {
    private static final Logger LOG = LoggerFactory.getLogger(SandboxClock.class);

    private final boolean steppable;
    private final Instant epoch;
    private final long started = System.nanoTime();
    /** Real: how far the clock was pushed ahead. Steppable: the time itself. */
    private final AtomicLong ahead = new AtomicLong();

    private final AtomicBoolean taken = new AtomicBoolean();
    /** Held while events run, so that they run one after the other. Never taken while another lock is held. */
    private final Object turn = new Object();
    /** Guarded by itself, as are the two fields below. */
    private final PriorityQueue<Event> queue = new PriorityQueue<>();

    private long sequence;
    private boolean stopped;

    private SandboxClock(boolean steppable, Instant epoch) {
        this.steppable = steppable;
        this.epoch = epoch;
    }

    /** Returns a clock that runs with the machine. */
    public static SandboxClock real() {
        return new SandboxClock(false, Instant.now());
    }

    /** Returns a clock that shows {@code start} and moves only by {@link #advance}. */
    public static SandboxClock steppable(Instant start) {
        return new SandboxClock(true, start);
    }

    /** Returns the sandbox's date. */
    @Override
    public Instant instant() {
        return epoch.plusNanos(nanos());
    }

    /** The date at which this clock was made, in the sandbox's own time. */
    Instant began() {
        return epoch;
    }

    /** Returns the nanoseconds since this clock was made, in the sandbox's own time; they never go back. */
    public long nanos() {
        return steppable ? ahead.get() : System.nanoTime() - started + ahead.get();
    }

    /** Returns whether this clock moves only by {@link #advance}. */
    public boolean isSteppable() {
        return steppable;
    }

    /**
     * Moves the time ahead and runs what became due; {@link Duration#ZERO} runs what is due now.
     *
     * @throws IllegalArgumentException if the duration is negative
     */
    public void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("Time goes only forward: pass zero or a positive duration, not " + by);
        }
        synchronized (turn) {
            long target = nanos() + by.toNanos();
            if (!steppable) {
                ahead.addAndGet(by.toNanos());
            }
            for (Event event = due(target); event != null; event = due(target)) {
                run(event);
            }
            if (steppable) {
                ahead.set(target);
            }
        }
    }

    /** Runs the action when the delay has passed; on a steppable clock that is inside {@link #advance}. */
    void after(Duration delay, Runnable action) {
        synchronized (queue) {
            add(nanos() + Math.max(0, delay.toNanos()), action);
        }
    }

    /** Runs the action at this time of {@link #nanos}, or soon if that has passed; see {@link #after}. */
    void at(long nanos, Runnable action) {
        synchronized (queue) {
            add(nanos, action);
        }
    }

    private void add(long nanos, Runnable action) {
        queue.add(new Event(nanos, sequence++, action));
        queue.notifyAll();
    }

    void start() {
        if (!taken.compareAndSet(false, true)) {
            throw new IllegalStateException("This clock already belongs to a sandbox: give each sandbox its own clock");
        }
        if (!steppable) {
            Thread thread = new Thread(this::runAlways, "sandbox-clock");
            thread.setDaemon(true);
            thread.start();
        }
    }

    void stop() {
        synchronized (queue) {
            stopped = true;
            queue.clear();
            queue.notifyAll();
        }
    }

    /** Returns the machine's monotonic nanoseconds, for time limits of sockets that run in real time always. */
    static long machineNanos() {
        return System.nanoTime();
    }

    private void runAlways() {
        while (awaitDue()) {
            synchronized (turn) {
                for (Event event = due(nanos()); event != null; event = due(nanos())) {
                    run(event);
                }
            }
        }
    }

    private boolean awaitDue() {
        synchronized (queue) {
            while (!stopped) {
                Event head = queue.peek();
                long wait = head == null ? Long.MAX_VALUE : head.at - nanos();
                if (wait <= 0) {
                    return true;
                }
                try {
                    // At most 50 ms: another thread may push the clock ahead without touching the queue.
                    queue.wait(Math.min(50, wait / 1_000_000), (int) (wait % 1_000_000));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
            return false;
        }
    }

    private @Nullable Event due(long target) {
        synchronized (queue) {
            Event head = queue.peek();
            return head == null || head.at > target ? null : queue.poll();
        }
    }

    private void run(Event event) {
        if (steppable) {
            ahead.accumulateAndGet(event.at, Math::max);
        }
        try {
            event.action.run();
        } catch (RuntimeException e) {
            LOG.error("A due event of the sandbox failed", e);
        }
    }

    private record Event(long at, long sequence, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
        }
    }
}
