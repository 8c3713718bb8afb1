package io.tidings.sandbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The faults that wait for requests. The oldest one that fits is used. Safe for use by many threads. */
public final class Faults {
    private final SandboxClock clock;
    /** Guarded by this. */
    private final List<Pending> pending = new ArrayList<>();
    /** Guarded by this. */
    private final List<Awaited> mishaps = new ArrayList<>();

    Faults(SandboxClock clock) {
        this.clock = clock;
    }

    /** Which requests a fault strikes. */
    public enum Scope {
        /** Only {@code POST …/Messages}. */
        CREATES,
        /** Every request of the Twilio API; the control API is never struck. */
        EVERYTHING
    }

    /** Strikes the next {@code count} requests. */
    public void next(int count, Scope scope, Fault fault) {
        if (count < 1) {
            throw new IllegalArgumentException("A fault strikes at least one request, not " + count);
        }
        add(new Pending(scope, fault, count, Long.MAX_VALUE));
    }

    /** Strikes the next {@code count} creations of messages. */
    public void next(int count, Fault fault) {
        next(count, Scope.CREATES, fault);
    }

    /** Strikes every request that comes within this time of the sandbox. */
    public void during(Duration time, Scope scope, Fault fault) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("A fault needs a positive time, not " + time);
        }
        add(new Pending(scope, fault, Long.MAX_VALUE, clock.nanos() + time.toNanos()));
    }

    /** Strikes every request until {@link #clear()}. */
    public void untilCleared(Scope scope, Fault fault) {
        add(new Pending(scope, fault, Long.MAX_VALUE, Long.MAX_VALUE));
    }

    /**
     * Brings on a mishap of a hostile sandbox, whatever the shares of its {@link Hostility}: the next {@code count}
     * creations, reads or webhooks, as the mishap says.
     *
     * @throws IllegalArgumentException if the mishap is one of time: a storm is a {@link Fault.Throttle}, a restart
     *     {@link Sandbox#restart}
     */
    public void next(int count, Mishap mishap) {
        if (count < 1) {
            throw new IllegalArgumentException("A mishap strikes at least one request, not " + count);
        }
        if (mishap.target() == Mishap.Target.TIME) {
            throw new IllegalArgumentException("A storm is a Fault.Throttle, a restart is Sandbox.restart(...)");
        }
        add(new Awaited(mishap, count));
    }

    /** Forgets all faults. */
    public synchronized void clear() {
        pending.clear();
        mishaps.clear();
    }

    synchronized @Nullable Mishap take(Mishap.@Nullable Target target) {
        for (Iterator<Awaited> each = mishaps.iterator(); each.hasNext(); ) {
            Awaited candidate = each.next();
            if (candidate.mishap.target() == target) {
                if (--candidate.left == 0) {
                    each.remove();
                }
                return candidate.mishap;
            }
        }
        return null;
    }

    private synchronized void add(Awaited mishap) {
        mishaps.add(mishap);
    }

    private synchronized void add(Pending fault) {
        pending.add(fault);
    }

    synchronized @Nullable Fault take(boolean create) {
        for (Iterator<Pending> each = pending.iterator(); each.hasNext(); ) {
            Pending candidate = each.next();
            if (clock.nanos() >= candidate.until) {
                each.remove();
            } else if (create || candidate.scope == Scope.EVERYTHING) {
                if (--candidate.left == 0) {
                    each.remove();
                }
                return candidate.fault;
            }
        }
        return null;
    }

    private static final class Awaited {
        private final Mishap mishap;
        private int left;

        Awaited(Mishap mishap, int left) {
            this.mishap = mishap;
            this.left = left;
        }
    }

    private static final class Pending {
        private final Scope scope;
        private final Fault fault;
        private final long until;
        private long left;

        Pending(Scope scope, Fault fault, long left, long until) {
            this.scope = scope;
            this.fault = fault;
            this.left = left;
            this.until = until;
        }
    }
}
