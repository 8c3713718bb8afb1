package io.tidings.outbox;

import io.tidings.audit.Action;
import io.tidings.audit.AuditEntry;
import io.tidings.audit.AuditLog;
import io.tidings.audit.AuditSettings;
import io.tidings.gate.Decision;
import io.tidings.gate.FactSource.Question;
import io.tidings.gate.Facts;
import io.tidings.gate.GateRecord;
import io.tidings.gate.GateRequest;
import io.tidings.gate.Gates;
import io.tidings.gate.Stage;
import io.tidings.history.MessageRow;
import io.tidings.history.StoredMessage;
import io.tidings.history.TryCount;
import io.tidings.message.AccountId;
import io.tidings.message.ErrorKind;
import io.tidings.message.Failure;
import io.tidings.message.KeyConflictException;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.message.OutboundMessage;
import io.tidings.message.TimeSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Takes messages in: render, ask the gates, store. Joins the caller's transaction, or is one of its own. Safe for use by
 * many threads.
 */
public final class Intake {
    private final Stores stores;
    private final Gates gates;
    private final Preparation preparation;
    private final TimeSource time;
    private final AuditLog audit;
    private final Runnable hint;
    private volatile IntakeObserver observer = IntakeObserver.none();

    /** Stores here, after asking these gates; the hint is run after each commit. Acts are recorded as the host's. */
    public Intake(Stores stores, Gates gates, Preparation preparation, TimeSource time, Runnable hint) {
        this(
                stores,
                gates,
                preparation,
                time,
                hint,
                new AuditLog(stores.transactions(), stores.audit(), AuditSettings.defaults(), time));
    }

    /** The same, recording acts in this log. */
    public Intake(Stores stores, Gates gates, Preparation preparation, TimeSource time, Runnable hint, AuditLog audit) {
        this.stores = stores;
        this.gates = gates;
        this.preparation = preparation;
        this.time = time;
        this.hint = hint;
        this.audit = audit;
    }

    /** Lets this one, instead of nobody, stand around every call of {@link #take} and {@link #takeAll}. */
    public void observedBy(IntakeObserver one) {
        observer = one;
    }

    /** Takes one message in. */
    public Receipt take(OutboundMessage message) {
        return takeAll(List.of(message)).get(0);
    }

    /**
     * Takes messages in, all or none: a mistake in one of them throws before anything is stored. Receipts are in the
     * order of the messages.
     */
    public List<Receipt> takeAll(List<OutboundMessage> messages) {
        return observer.observe(messages, this::takeIn);
    }

    /**
     * Takes an answer in, which leaves through the account that the question came by, whichever its tenant has by now. It
     * names the sender that was written to.
     */
    public Receipt reply(AccountId through, OutboundMessage message) {
        return observer.observe(
                        List.of(message),
                        messages -> takeIn(messages, (one, now) -> preparation.prepare(one, through, now)))
                .get(0);
    }

    private List<Receipt> takeIn(List<OutboundMessage> messages) {
        return takeIn(messages, preparation::prepare);
    }

    private List<Receipt> takeIn(
            List<OutboundMessage> messages, BiFunction<OutboundMessage, Instant, Prepared> preparing) {
        Instant now = time.instant();
        List<Prepared> prepared =
                messages.stream().map(message -> preparing.apply(message, now)).toList();
        return stores.transactions().run(() -> store(prepared, now));
    }

    /** What taking the message in would do. Nothing is stored. */
    public DryRun dryRun(OutboundMessage message) {
        Instant now = time.instant();
        Prepared prepared = preparation.prepare(message, now);
        StoredMessage stored = prepared.stored();
        Question question = question(stored, now);
        List<Facts> facts = stores.facts().read(List.of(question));
        Incoming incoming = decide(prepared, facts.get(0), question.broken(), now);
        return new DryRun(
                stored.message().content(), prepared.segments(), receipt(prepared, incoming), incoming.decisions());
    }

    /** Sends an ended message again as a new one that names the old. Throws if it has not ended. */
    public Receipt resend(MessageId id) {
        MessageRow row = stores.history()
                .find(id)
                .filter(ended -> ended.status().isTerminal())
                .orElseThrow(() -> new IllegalArgumentException(
                        "message " + id + " has not ended (or does not exist); only an ended one is sent again"));
        Instant now = time.instant();
        Prepared again = preparation.again(row.stored(), now);
        return stores.transactions().run(() -> store(List.of(again), now)).get(0);
    }

    private List<Receipt> store(List<Prepared> prepared, Instant now) {
        List<Question> questions =
                prepared.stream().map(one -> question(one.stored(), now)).toList();
        List<Facts> facts = stores.facts().read(questions);
        List<Incoming> incoming = new ArrayList<>(prepared.size());
        for (int i = 0; i < prepared.size(); i++) {
            incoming.add(decide(prepared.get(i), facts.get(i), questions.get(i).broken(), now));
        }
        List<Enqueued> enqueued = stores.outbox().enqueue(incoming);
        countRefused(incoming, enqueued);
        stores.transactions().afterCommit(hint);
        stores.transactions().afterCommit(() -> committed(incoming, enqueued));
        List<Receipt> receipts = new ArrayList<>(prepared.size());
        for (int i = 0; i < prepared.size(); i++) {
            receipts.add(
                    enqueued.get(i) instanceof Enqueued.Existing existing
                            ? repeated(prepared.get(i), existing)
                            : receipt(prepared.get(i), incoming.get(i)));
        }
        return receipts;
    }

    private void countRefused(List<Incoming> incoming, List<Enqueued> enqueued) {
        for (int i = 0; i < incoming.size(); i++) {
            MessageRow refused = incoming.get(i).refused();
            if (refused != null && enqueued.get(i) instanceof Enqueued.Stored) {
                Counters.move(stores.records().statistics(), null, refused);
            }
        }
    }

    private Question question(StoredMessage stored, Instant now) {
        return gates.question(stored.id(), stored.message(), now);
    }

    private void committed(List<Incoming> incoming, List<Enqueued> enqueued) {
        for (int i = 0; i < incoming.size(); i++) {
            if (enqueued.get(i) instanceof Enqueued.Stored stored) {
                Incoming one = incoming.get(i);
                gates.committed(stored.id(), one.stored().message().tenant(), one.decisions());
            }
        }
    }

    private Incoming decide(Prepared prepared, Facts facts, Set<String> broken, Instant now) {
        StoredMessage stored = prepared.stored();
        List<GateRecord> records = gates.check(
                new GateRequest(
                        stored.id(), stored.message(), stored.expiresAt(), Stage.ACCEPT, now, facts, stored.segments()),
                broken);
        Decision verdict = records.get(records.size() - 1).decision();
        return verdict.match(new Decision.Cases<>() {
            @Override
            public Incoming pass(Decision.Pass pass) {
                return queued(prepared.notBefore());
            }

            @Override
            public Incoming delay(Decision.Delay delay) {
                return queued(delay.until().isAfter(prepared.notBefore()) ? delay.until() : prepared.notBefore());
            }

            @Override
            public Incoming refuse(Decision.Refuse refuse) {
                Failure why = new Failure(
                        0, ErrorKind.PERMANENT, refuse.reason(), "The decisions of the gates say by which values.");
                MessageRow row = new MessageRow(stored, refuse.status(), TryCount.NONE, why, now);
                return new Incoming(
                        null, row, records, prepared.fingerprint(), entry(Action.MESSAGE_REFUSED, refuse.reason()));
            }

            private Incoming queued(Instant due) {
                QueueRow row = new QueueRow(stored, QueueRow.State.QUEUED, due, TryCount.NONE, null);
                Action what = stored.resendOf() == null ? Action.MESSAGE_SENT : Action.MESSAGE_RESENT;
                return new Incoming(row, null, records, prepared.fingerprint(), entry(what, null));
            }

            private AuditEntry entry(Action what, @Nullable String why) {
                AuditLog.Draft draft = audit.act(what)
                        .tenant(stored.message().tenant())
                        .message(stored.id())
                        .person(stored.message().to())
                        .reason(why)
                        .detail("category", stored.message().category().name())
                        .detail("segments", Integer.toString(stored.segments()));
                if (stored.resendOf() != null) {
                    draft.detail("resendOf", stored.resendOf().toString());
                }
                return draft.entry();
            }
        });
    }

    private static Receipt receipt(Prepared prepared, Incoming incoming) {
        QueueRow row = incoming.row();
        if (row == null) {
            MessageRow refused = Objects.requireNonNull(incoming.refused());
            String reason = Objects.requireNonNull(refused.failure()).explanation();
            return prepared.receipt(refused.stored().id(), refused.status(), null, reason);
        }
        GateRecord last = incoming.decisions().get(incoming.decisions().size() - 1);
        String reason = last.decision() instanceof Decision.Delay delay ? delay.reason() : null;
        MessageStatus status = row.notBefore().isAfter(prepared.stored().acceptedAt())
                ? MessageStatus.SCHEDULED
                : MessageStatus.QUEUED;
        return prepared.receipt(row.stored().id(), status, row.notBefore(), reason);
    }

    private Receipt repeated(Prepared prepared, Enqueued.Existing existing) {
        if (!existing.fingerprint().equals(prepared.fingerprint())) {
            throw new KeyConflictException(existing.id());
        }
        MessageView first = new Messages(stores, time)
                .find(existing.id())
                .orElseThrow(() -> new IllegalStateException("a key names message " + existing.id()
                        + ", which is gone; the store must keep keys no longer than messages"));
        Failure failure = first.failure();
        return prepared.receipt(
                first.id(), first.status(), first.nextAt(), failure == null ? null : failure.explanation());
    }
}
