package io.tidings.outbox;

import io.tidings.audit.Action;
import io.tidings.audit.AuditLog;
import io.tidings.audit.AuditQuery;
import io.tidings.audit.AuditSettings;
import io.tidings.history.Attempt;
import io.tidings.history.Doubts;
import io.tidings.history.MessageRow;
import io.tidings.history.StoredMessage;
import io.tidings.message.ErrorKind;
import io.tidings.message.Failure;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.message.Money;
import io.tidings.message.TenantId;
import io.tidings.price.PriceBook;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks messages up and cancels them. Safe for use by many threads. */
public final class Messages {
    private static final Failure BY_HOST =
            new Failure(0, ErrorKind.NOTICE, "The message was cancelled before an attempt began.", "Nothing to do.");

    private final Stores stores;
    private final InstantSource time;
    private final AuditLog audit;
    private final PriceBook prices;

    /** Reads and writes these stores. Acts are recorded as the host's. */
    public Messages(Stores stores, InstantSource time) {
        this(stores, time, new AuditLog(stores.transactions(), stores.audit(), AuditSettings.defaults(), time));
    }

    /** Reads and writes these stores, and records acts in this log; knows no prices. */
    public Messages(Stores stores, InstantSource time, AuditLog audit) {
        this(stores, time, audit, PriceBook.unknown());
    }

    /** Reads and writes these stores, records acts in this log, and estimates what messages cost by these prices. */
    public Messages(Stores stores, InstantSource time, AuditLog audit, PriceBook prices) {
        this.stores = stores;
        this.time = time;
        this.audit = audit;
        this.prices = prices;
    }

    /** The message, if there is one with this id. */
    public Optional<MessageView> find(MessageId id) {
        return stores.transactions()
                .run(() -> stores.outbox()
                        .find(id)
                        .map(row -> MessageView.of(row, time.instant()))
                        .or(() -> stores.history().find(id).map(MessageView::of)));
    }

    /** The message that owns an idempotency key. */
    public Optional<MessageView> withKey(TenantId tenant, String key) {
        return stores.outbox().withKey(tenant, key).flatMap(this::find);
    }

    /**
     * How many messages have each status; statuses without messages are left out. One that moves on meanwhile may be in two of
     * them.
     */
    public Map<MessageStatus, Long> counts() {
        return stores.transactions().run(() -> {
            Map<MessageStatus, Long> counts = new EnumMap<>(MessageStatus.class);
            // First, for messages leave the queue for the history: the other way round one would be in neither.
            QueueCounts queue = stores.outbox().counts();
            counts.putAll(stores.history().counts());
            put(counts, MessageStatus.SCHEDULED, queue.scheduled());
            put(counts, MessageStatus.QUEUED, queue.queued());
            put(counts, MessageStatus.SENDING, queue.sending());
            put(counts, MessageStatus.UNCERTAIN, queue.uncertain());
            return counts;
        });
    }

    /** How many outcomes were unknown, and how that ended. */
    public Doubts doubts() {
        return stores.transactions()
                .run(() -> Doubts.of(
                        stores.outbox().counts().uncertain(), stores.doubts().counts()));
    }

    private static void put(Map<MessageStatus, Long> counts, MessageStatus status, long count) {
        if (count > 0) {
            counts.put(status, count);
        }
    }

    /**
     * Cancels a message that no attempt has been begun for. Once an attempt is committed it is too late: Twilio cancels
     * only what it was asked to send later, and Tidings keeps such messages itself.
     */
    public Cancellation cancel(MessageId id) {
        return stores.transactions().run(() -> {
            Optional<QueueRow> taken = stores.outbox().withdraw(id);
            if (taken.isPresent()) {
                QueueRow row = taken.get();
                stores.history()
                        .save(new MessageRow(
                                row.stored(), MessageStatus.CANCELED, row.tries(), BY_HOST, time.instant()));
                audit.act(Action.MESSAGE_CANCELLED)
                        .tenant(row.stored().message().tenant())
                        .message(id)
                        .person(row.stored().message().to())
                        .record();
                return Cancellation.CANCELED;
            }
            Optional<MessageView> found = find(id);
            if (found.isEmpty()) {
                return Cancellation.UNKNOWN;
            }
            return found.get().status().isTerminal() ? Cancellation.ENDED : Cancellation.TOO_LATE;
        });
    }

    /** Cancels the message that owns an idempotency key. */
    public Cancellation cancel(TenantId tenant, String key) {
        return stores.outbox().withKey(tenant, key).map(this::cancel).orElse(Cancellation.UNKNOWN);
    }

    /** Cancels all waiting messages with this tag, and returns which those were. */
    public List<MessageId> cancelTagged(TenantId tenant, String name, String value) {
        return stores.transactions()
                .run(() -> stores.outbox().tagged(tenant, name, value).stream()
                        .map(row -> row.stored().id())
                        .filter(id -> cancel(id) == Cancellation.CANCELED)
                        .toList());
    }

    /** Everything that happened to a message. */
    public Optional<Explanation> explain(MessageId id) {
        return stores.transactions()
                .run(() -> find(id).map(view -> new Explanation(
                        view,
                        stores.decisions().decisions(id),
                        stores.attempts().attempts(id).stream()
                                .map(attempt -> new Explanation.Story(
                                        attempt, stores.attempts().observations(attempt.id())))
                                .toList(),
                        acts(id),
                        estimate(view.stored()))));
    }

    /** Oldest first, without what is personal. */
    private List<Explanation.Act> acts(MessageId id) {
        List<Explanation.Act> acts =
                new ArrayList<>(stores.audit().search(AuditQuery.all().about(id)).stream()
                        .map(entry -> new Explanation.Act(entry.id(), entry.at(), entry.action(), entry.actor()))
                        .toList());
        Collections.reverse(acts);
        return acts;
    }

    private @Nullable Money estimate(StoredMessage stored) {
        Instant asked = stored.message().timing().notBefore();
        Instant accepted = stored.acceptedAt();
        Instant from = asked != null && asked.isAfter(accepted) ? asked : accepted;
        return Preparation.estimate(prices, stored, from).orElse(null);
    }

    /** The newest attempt that the provider knows by its own id. */
    public Optional<Attempt> newestKnownAttempt(MessageId id) {
        return stores.attempts().attempts(id).stream()
                .filter(attempt -> attempt.sid() != null)
                .reduce((older, newer) -> newer);
    }

    /** What became of a request to cancel. */
    public enum Cancellation {
        /** It will not be sent. */
        CANCELED,
        /** An attempt has begun. */
        TOO_LATE,
        /** It had ended before. */
        ENDED,
        /** There is no such message. */
        UNKNOWN
    }
}
