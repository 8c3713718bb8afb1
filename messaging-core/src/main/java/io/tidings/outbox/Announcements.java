package io.tidings.outbox;

import io.tidings.budget.BudgetListener;
import io.tidings.consent.ConsentEntry;
import io.tidings.endpoint.DeliveryStore;
import io.tidings.event.EventKind;
import io.tidings.event.EventListeners;
import io.tidings.event.EventStore;
import io.tidings.event.Happening;
import io.tidings.history.MessageRow;
import io.tidings.message.Failure;
import io.tidings.message.InboundMessage;
import io.tidings.message.MessageStatus;
import io.tidings.message.TenantId;
import io.tidings.message.UnitOfWork;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes an event with each change that somebody wants to be told of, in the same transaction. Nothing is written that
 * nobody listens to. Safe for use by many threads.
 */
public final class Announcements {
    private static final Set<MessageStatus> AT_PROVIDER = Set.of(MessageStatus.ACCEPTED, MessageStatus.SENT);
    private static final Set<MessageStatus> ARRIVED = Set.of(MessageStatus.DELIVERED, MessageStatus.READ);
    private static final Set<MessageStatus> MISSED = Set.of(
            MessageStatus.UNDELIVERED,
            MessageStatus.FAILED,
            MessageStatus.REFUSED,
            MessageStatus.EXPIRED,
            MessageStatus.DEAD);

    private final EventListeners listeners;
    private final EventStore events;
    private final DeliveryStore deliveries;
    private final UnitOfWork transactions;
    private final InstantSource time;
    private final Runnable hint;

    /** Writes into the events of these stores what these listeners want; the hint is run after each commit. */
    public Announcements(EventListeners listeners, Stores stores, InstantSource time, Runnable hint) {
        this.listeners = listeners;
        this.events = stores.records().events();
        this.deliveries = stores.records().deliveries();
        this.transactions = stores.transactions();
        this.time = time;
        this.hint = hint;
    }

    /** The same stores, which now announce what happens in them. */
    public Stores over(Stores stores) {
        return stores.with(
                new AnnouncedOutbox(stores.outbox(), this),
                new AnnouncedHistory(stores.history(), this),
                new AnnouncedHandover(stores.handover(), this),
                new AnnouncedConsent(stores.consent(), this),
                new AnnouncedInbound(stores.inbound(), this));
    }

    /** A budget has reached a threshold. Joins the caller's transaction. */
    public void reached(BudgetListener.Alert alert) {
        if (listeners.wants(EventKind.SPEND_LIMIT_REACHED)) {
            Map<String, String> facts = new HashMap<>(Map.of(
                    "scope", alert.scope().name(),
                    "period", alert.period(),
                    "percent", Integer.toString(alert.percent()),
                    "used", alert.used().toString(),
                    "limit", alert.limit().toString()));
            TenantId tenant = alert.tenant();
            put(facts, "tenant", tenant == null ? null : tenant.value());
            put(facts, "campaign", alert.campaign());
            String whose = tenant == null ? "" : tenant.value();
            write(new Happening(
                    EventKind.SPEND_LIMIT_REACHED, time.instant(), "budget " + alert.scope() + " " + whose, facts));
        }
    }

    UnitOfWork transactions() {
        return transactions;
    }

    /** Nobody is told of these subjects any more, neither a listener nor an endpoint. Joins the caller's transaction. */
    void forget(Set<String> subjects) {
        events.forget(subjects);
        deliveries.forget(subjects);
    }

    /** The event of a message that is taken in, or {@code null} if nobody wants it. */
    @Nullable
    Happening of(Incoming incoming) {
        MessageRow refused = incoming.refused();
        EventKind kind = refused == null ? EventKind.MESSAGE_QUEUED : EventKind.MESSAGE_FAILED;
        if (!listeners.wants(kind)) {
            return null;
        }
        return refused == null
                ? new Happening(
                        kind,
                        incoming.stored().acceptedAt(),
                        Subjects.message(incoming.stored().id()),
                        Map.of())
                : new Happening(
                        kind,
                        refused.changedAt(),
                        Subjects.message(incoming.stored().id()),
                        why(refused));
    }

    /** What was taken in was written; its event was written with it. */
    void takenIn() {
        transactions.afterCommit(hint);
    }

    void moved(@Nullable MessageRow before, MessageRow after) {
        moved(List.of(new Move(before, after)));
    }

    void moved(List<Move> moves) {
        List<Happening> all = new ArrayList<>();
        for (Move move : moves) {
            MessageRow before = move.before();
            MessageRow after = move.after();
            for (EventKind kind : kinds(before == null ? null : before.status(), after.status())) {
                if (listeners.wants(kind)) {
                    Map<String, String> facts = kind == EventKind.MESSAGE_FAILED ? why(after) : Map.of();
                    all.add(new Happening(
                            kind,
                            after.changedAt(),
                            Subjects.message(after.stored().id()),
                            facts));
                }
            }
        }
        write(all.toArray(Happening[]::new));
    }

    void handedOver(List<Handover.Taken> taken) {
        List<Happening> all = new ArrayList<>();
        for (Handover.Taken one : taken) {
            for (EventKind kind : kinds(null, one.status())) {
                if (listeners.wants(kind)) {
                    String subject = Subjects.message(one.attempt().message());
                    all.add(new Happening(kind, one.seen().at(), subject, Map.of()));
                }
            }
        }
        write(all.toArray(Happening[]::new));
    }

    /** What a move tells, in order. A message that comes from the queue has no status before. */
    static List<EventKind> kinds(@Nullable MessageStatus before, MessageStatus after) {
        List<EventKind> kinds = new ArrayList<>();
        boolean arrives = ARRIVED.contains(after) && !isOf(ARRIVED, before);
        if ((AT_PROVIDER.contains(after) && !isOf(AT_PROVIDER, before)) || (arrives && before == null)) {
            kinds.add(EventKind.MESSAGE_SENT);
        }
        if (arrives) {
            kinds.add(EventKind.MESSAGE_DELIVERED);
        }
        if (after != before && after == MessageStatus.READ) {
            kinds.add(EventKind.MESSAGE_READ);
        }
        if (after != before && MISSED.contains(after)) {
            kinds.add(EventKind.MESSAGE_FAILED);
        }
        if (after != before && after == MessageStatus.CANCELED) {
            kinds.add(EventKind.MESSAGE_CANCELED);
        }
        return kinds;
    }

    private static boolean isOf(Set<MessageStatus> some, @Nullable MessageStatus status) {
        return status != null && some.contains(status);
    }

    void recorded(ConsentEntry entry) {
        EventKind kind = switch (entry.kind()) {
            case OPT_OUT -> EventKind.OPTED_OUT;
            case OPT_IN, OPT_IN_CONFIRMED -> EventKind.OPTED_IN;
            case OPT_IN_REQUESTED, HELP, NOTED -> null;
        };
        if (kind != null && entry.number() != null && listeners.wants(kind)) {
            TenantId tenant = entry.scope().tenant();
            Map<String, String> facts = new HashMap<>(Map.of(
                    "tenant", tenant.value(),
                    "number", entry.number().e164(),
                    "source", entry.evidence().source().name()));
            put(facts, "topic", entry.scope().topic());
            write(new Happening(kind, entry.at(), Subjects.person(tenant, entry.number()), facts));
        }
    }

    void received(InboundMessage message) {
        if (listeners.wants(EventKind.MESSAGE_RECEIVED)) {
            Instant at = time.instant();
            String person = Subjects.person(message.tenant(), message.from());
            write(new Happening(
                    EventKind.MESSAGE_RECEIVED,
                    at,
                    person,
                    Map.of("id", message.id().toString())));
        }
    }

    private void write(Happening... all) {
        if (all.length > 0) {
            events.append(List.of(all));
            transactions.afterCommit(hint);
        }
    }

    private static Map<String, String> why(MessageRow row) {
        Map<String, String> facts = new HashMap<>(Map.of("status", row.status().name()));
        Failure failure = row.failure();
        if (failure != null) {
            facts.put("code", Integer.toString(failure.code()));
            facts.put("kind", failure.kind().name());
            facts.put("explanation", failure.explanation());
            facts.put("advice", failure.advice());
        }
        return facts;
    }

    private static void put(Map<String, String> facts, String name, @Nullable String value) {
        if (value != null) {
            facts.put(name, value);
        }
    }
}
