package io.tidings.outbox;

import io.tidings.audit.Action;
import io.tidings.audit.Actor;
import io.tidings.audit.AuditLog;
import io.tidings.message.OutboundMessage;
import io.tidings.message.StoreUnavailableException;
import io.tidings.message.TenantId;
import io.tidings.schedule.Recurring;
import io.tidings.schedule.Recurring.State;
import io.tidings.schedule.RecurringStore;
import io.tidings.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages that are sent again and again: to start, pause, resume and cancel them, all audited. Safe for use by many
 * threads.
 *
 * <p>Each occurrence is an ordinary message with a key of its own, taken in by the node that comes first. One that nobody
 * took in for an hour, because no node ran, is left out, and of several that were missed only the first is made up for.
 */
public final class Recurrences {
    private static final Logger log = LoggerFactory.getLogger(Recurrences.class);
    private static final Duration MOST_LATE = Duration.ofHours(1);
    private static final int BATCH = 100;

    private final RecurringStore store;
    private final Intake intake;
    private final InstantSource time;
    private final AuditLog acts;
    private final Runnable wake;

    /** Over these stores; whoever waits for the next occurrence is woken when one is added. */
    public Recurrences(Stores stores, Intake intake, InstantSource time, AuditLog acts, Runnable wake) {
        this.store = stores.recurring();
        this.intake = intake;
        this.time = time;
        this.acts = acts;
        this.wake = wake;
    }

    /** Starts a recurring message. Throws if the message's tenant has one of this name. */
    public Recurring start(String name, Schedule schedule, OutboundMessage message) {
        Recurring recurring = new Recurring(name, schedule, message, State.ACTIVE, schedule.next(time.instant()));
        acts.transactions().execute(() -> {
            if (!store.add(recurring)) {
                throw new IllegalArgumentException(
                        "there is a recurring message '" + name + "' already; cancel it, or take another name");
            }
            acts.act(Action.RECURRING_STARTED)
                    .tenant(message.tenant())
                    .detail("name", name)
                    .detail("schedule", schedule.text())
                    .record();
        });
        wake.run();
        return recurring;
    }

    /** Sends nothing until it is resumed. */
    public Recurring pause(TenantId tenant, String name) {
        return move(tenant, name, State.PAUSED, Action.RECURRING_PAUSED);
    }

    /** Goes on with the next occurrence from now on. */
    public Recurring resume(TenantId tenant, String name) {
        Recurring resumed = move(tenant, name, State.ACTIVE, Action.RECURRING_RESUMED);
        wake.run();
        return resumed;
    }

    /** Ends it. What was taken in already is a message like any other. */
    public Recurring cancel(TenantId tenant, String name) {
        return move(tenant, name, State.CANCELLED, Action.RECURRING_CANCELLED);
    }

    /** The one of this name. */
    public Optional<Recurring> find(TenantId tenant, String name) {
        return store.find(tenant, name);
    }

    /** All of a tenant, by name, also those that are over. */
    public List<Recurring> of(TenantId tenant) {
        return store.of(tenant);
    }

    private Recurring move(TenantId tenant, String name, State state, Action action) {
        return acts.transactions().run(() -> {
            Recurring seen = store.find(tenant, name)
                    .filter(row -> row.state() != State.CANCELLED)
                    .orElseThrow(() ->
                            new IllegalArgumentException("there is no recurring message '" + name + "' that goes on"));
            if (seen.state() == state) {
                return seen;
            }
            Recurring next = seen.in(state, seen.schedule().next(time.instant()));
            if (!store.replace(seen, next)) {
                throw new IllegalStateException("'" + name + "' was changed at the same moment; try again");
            }
            acts.act(action).tenant(tenant).detail("name", name).record();
            return next;
        });
    }

    /** Takes in what has come. Returns how long until the next occurrence, at most this long. */
    public Duration runDue(Duration atMost) {
        List<Recurring> due;
        do {
            due = store.due(BATCH);
            due.forEach(this::take);
        } while (due.size() == BATCH);
        return store.nextDue().filter(wait -> wait.compareTo(atMost) < 0).orElse(atMost);
    }

    private void take(Recurring seen) {
        try {
            acts.transactions().execute(() -> {
                if (store.replace(seen, after(seen)) && !isTooLate(seen)) {
                    intake.take(seen.occurrence());
                }
            });
        } catch (StoreUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            log.error(
                    "recurring message {} of tenant {}: the occurrence of {} could not be taken in and is left out: {}",
                    seen.name(),
                    seen.tenant(),
                    seen.next(),
                    e.getClass().getName());
            leaveOut(seen, e);
        }
    }

    private void leaveOut(Recurring seen, RuntimeException why) {
        acts.transactions().execute(() -> {
            if (store.replace(seen, after(seen))) {
                acts.act(Action.RECURRING_FAILED, Actor.system("recurring"))
                        .tenant(seen.tenant())
                        .reason(why.getClass().getSimpleName())
                        .detail("name", seen.name())
                        .detail("occurrence", seen.next().toString())
                        .record();
            }
        });
    }

    private boolean isTooLate(Recurring seen) {
        return seen.next().plus(MOST_LATE).isBefore(time.instant());
    }

    private Recurring after(Recurring seen) {
        Instant now = time.instant();
        Instant from = now.isAfter(seen.next()) ? now : seen.next();
        return seen.in(State.ACTIVE, seen.schedule().next(from));
    }
}
