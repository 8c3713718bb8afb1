package io.tidings.dispatch;

import io.tidings.message.TimeSource;
import io.tidings.outbox.Lookout;
import io.tidings.outbox.Lookout.Renewal;
import io.tidings.outbox.Lookout.Told;
import io.tidings.outbox.Lookout.Watch;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Whether a node has nothing to do, by one statement each time, which also renews what the node has, one thing at a time.
 * Used by the loop alone, but for {@link #left}.
 */
final class Calm {
    /** Looks reach so many poll intervals ahead, so that who goes by the newest one is never surprised before the next. */
    private static final int AHEAD = 3;

    private static final int LOOKS_PER_LEASE = 30;
    private static final int PRESENCES_PER_LEASE = 12;
    private static final int RENEWALS_PER_LEASE = 3;

    private final String node;
    private final Lookout lookout;
    private final Duration lease;
    private final Duration ahead;
    /** A fifth more than the poll interval, so that what is read beside looks fits into one statement per interval. */
    private final long wait;

    private final TimeSource time;
    private volatile Supplier<Told> told = () -> Told.NOBODY;
    private volatile boolean holds;
    /** Until when nothing is due while it holds, on the ticker. */
    private volatile long until;
    /** When each was renewed last, on the ticker. */
    private long presenceAt;

    private long sendersAt;
    private long slotsAt;

    Calm(String node, Lookout lookout, DispatchSettings settings, TimeSource time) {
        this.node = node;
        this.lookout = lookout;
        this.lease = settings.lease();
        this.ahead = settings.pollInterval().multipliedBy(AHEAD);
        this.wait = Math.min(
                settings.pollInterval().multipliedBy(6).dividedBy(5).toNanos(),
                lease.dividedBy(LOOKS_PER_LEASE).toNanos());
        this.time = time;
        this.slotsAt = time.nanos() - lease.toNanos();
    }

    /** From now on it looks for what this node tells of, too. Any thread. */
    void lookFor(Supplier<Told> wanted) {
        told = wanted;
    }

    /** The node works, and has renewed what it owns and its slots at these times. */
    void broken(long ownedAt, long slotsAskedAt) {
        holds = false;
        presenceAt = ownedAt;
        sendersAt = ownedAt;
        slotsAt = slotsAskedAt - slotsAt > 0 ? slotsAskedAt : slotsAt;
    }

    /** Looks. Returns nanoseconds until it should look again, 0 if there may be something to do. */
    long look(int others, boolean ownsSenders) {
        long now = time.nanos();
        Renewal due = due(now, ownsSenders);
        // The answer before holds meanwhile: other loops would ask for themselves otherwise.
        if (!lookout.isCalm(new Watch(node, lease, ahead, others, told.get()), due)) {
            holds = false;
            return 0;
        }
        switch (due) {
            case PRESENCE -> presenceAt = now;
            case SENDERS -> sendersAt = now;
            case SLOTS -> slotsAt = now;
            case NOTHING -> {}
        }
        until = now + ahead.toNanos();
        holds = true;
        return wait;
    }

    /** What would be late with the look after this one. */
    private Renewal due(long now, boolean ownsSenders) {
        long next = now + wait;
        if (next - presenceAt > lease.dividedBy(PRESENCES_PER_LEASE).toNanos()) {
            return Renewal.PRESENCE;
        }
        long third = lease.dividedBy(RENEWALS_PER_LEASE).toNanos();
        if (ownsSenders && next - sendersAt > third) {
            return Renewal.SENDERS;
        }
        return next - slotsAt > third ? Renewal.SLOTS : Renewal.NOTHING;
    }

    /** Whether nothing comes due within this time, as far as the store knows now. */
    boolean lasts(Duration span, int others) {
        return lookout.isCalm(new Watch(node, lease, span, others, told.get()), Renewal.NOTHING);
    }

    /** For how long nothing is due; zero if that is not known. Any thread. */
    Duration left() {
        long left = until - time.nanos();
        return holds && left > 0 ? Duration.ofNanos(left) : Duration.ZERO;
    }
}
