package io.tidings.dispatch;

import io.tidings.audit.AuditLog;
import io.tidings.message.StoreUnavailableException;
import io.tidings.outbox.Stores;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Whether the store was restored from a backup, which is found out for each account by itself. Safe for use by many threads. */
final class Restoration {
    private final WorkerSetup setup;
    private final Holds holds;
    private final List<Reconciliation> all = new CopyOnWriteArrayList<>();
    /** Guarded by this, as is {@link #acts}; null before it is known. */
    private @Nullable RestoreCheck check;

    private @Nullable AuditLog acts;

    Restoration(WorkerSetup setup, Holds holds) {
        this.setup = setup;
        this.holds = holds;
    }

    /** From now on each account is compared before it sends, these and those to come. */
    synchronized void check(RestoreCheck settings, Collection<Line> lines) {
        check = settings;
        boolean nothingWaits = nothingWaits();
        lines.forEach(line -> add(line, settings, nothingWaits));
    }

    /** Before a new account is at work. */
    synchronized void check(Line line) {
        RestoreCheck settings = check;
        if (settings != null) {
            add(line, settings, nothingWaits());
        }
    }

    private void add(Line line, RestoreCheck settings, boolean nothingWaits) {
        Reconciliation one = new Reconciliation(setup, line, settings, holds, nothingWaits);
        AuditLog trail = acts;
        if (trail != null) {
            one.recordIn(trail);
        }
        all.add(one);
    }

    private boolean nothingWaits() {
        Stores stores = setup.stores();
        try {
            return stores.outbox().counts().total() == 0;
        } catch (StoreUnavailableException e) {
            return false;
        }
    }

    synchronized void recordIn(AuditLog log) {
        acts = log;
        all.forEach(one -> one.recordIn(log));
    }

    /** Goes on with the comparisons that are not over. Returns when to come again. */
    long step(Questions questions) {
        long again = Long.MAX_VALUE;
        for (Reconciliation one : all) {
            again = Math.min(again, one.step(questions));
        }
        return again;
    }

    /** Whether there is nothing to compare, or no more. */
    boolean isOver() {
        return all.stream().allMatch(Reconciliation::isOver);
    }
}
