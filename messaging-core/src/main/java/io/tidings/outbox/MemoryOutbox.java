package io.tidings.outbox;

import io.tidings.audit.AuditStore;
import io.tidings.event.EventStore;
import io.tidings.history.DecisionStore;
import io.tidings.history.HistoryStore;
import io.tidings.history.StoredMessage;
import io.tidings.message.AccountId;
import io.tidings.message.AttemptId;
import io.tidings.message.Category;
import io.tidings.message.MemoryTransactions;
import io.tidings.message.MessageId;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import io.tidings.outbox.QueueRow.State;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The in-memory twin of the queue, for both of its sides. */
public final class MemoryOutbox implements OutboxStore, WorkQueue {
    private final MemoryTransactions transactions;
    private final InstantSource time;
    private final HistoryStore history;
    private final DecisionStore decisions;
    private final AuditStore audit;
    private final EventStore events;
    /** Guarded by the transactions' lock, as all below. */
    private final MemoryQueue queue = new MemoryQueue();

    private final MemoryTexts texts = new MemoryTexts();

    private final MemoryRecipients recipients = new MemoryRecipients();

    private final Map<TenantKey, Enqueued.Existing> keys = new HashMap<>();
    private final MemoryLeases leases;
    private final Map<MessageId, String> begunBy = new HashMap<>();

    private record TenantKey(TenantId tenant, String key) {
        @Override
        public String toString() {
            return "TenantKey[tenant=" + tenant + "]";
        }
    }

    /** Joins these transactions, goes by this date, and stores what is no queue row in these stores. */
    public MemoryOutbox(
            MemoryTransactions transactions,
            InstantSource time,
            HistoryStore history,
            DecisionStore decisions,
            AuditStore audit,
            EventStore events) {
        this.transactions = transactions;
        this.time = time;
        this.history = history;
        this.decisions = decisions;
        this.audit = audit;
        this.events = events;
        this.leases = new MemoryLeases(transactions, time);
    }

    @Override
    public List<Enqueued> enqueue(List<Incoming> messages) {
        return transactions.run(() -> messages.stream().map(this::enqueueOne).toList());
    }

    private Enqueued enqueueOne(Incoming message) {
        MessageId id = message.stored().id();
        String key = message.stored().message().key();
        if (key != null) {
            TenantKey owner = new TenantKey(message.stored().message().tenant(), key);
            Enqueued.Existing existing = keys.putIfAbsent(owner, new Enqueued.Existing(id, message.fingerprint()));
            if (existing != null) {
                return existing;
            }
            transactions.onRollback(() -> keys.remove(owner));
        }
        if (message.row() != null) {
            set(id, message.row());
            texts.add(message.stored());
            recipients.add(message.stored());
            transactions.onRollback(() -> {
                texts.remove(message.stored());
                recipients.remove(message.stored());
            });
        } else {
            history.save(Objects.requireNonNull(message.refused()));
        }
        decisions.append(id, message.decisions());
        if (message.audit() != null) {
            audit.append(List.of(message.audit()));
        }
        if (message.event() != null) {
            events.append(List.of(message.event()));
        }
        return new Enqueued.Stored(id);
    }

    @Override
    public void reopen(QueueRow row) {
        transactions.execute(() -> set(row.stored().id(), row));
    }

    @Override
    public Optional<QueueRow> withdraw(MessageId id) {
        return transactions.run(() -> {
            QueueRow row = queue.get(id);
            if (row == null || row.state() != State.QUEUED) {
                return Optional.empty();
            }
            set(id, null);
            return Optional.of(row);
        });
    }

    private void set(MessageId id, @Nullable QueueRow row) {
        QueueRow before = queue.set(id, row);
        transactions.onRollback(() -> queue.set(id, before));
    }

    @Override
    public Optional<QueueRow> find(MessageId id) {
        return transactions.run(() -> Optional.ofNullable(queue.get(id)));
    }

    @Override
    public Optional<MessageId> withKey(TenantId tenant, String key) {
        return transactions.run(
                () -> Optional.ofNullable(keys.get(new TenantKey(tenant, key))).map(Enqueued.Existing::id));
    }

    @Override
    public List<QueueRow> tagged(TenantId tenant, String name, String value) {
        return transactions.run(() -> queue.rows().stream()
                .filter(row -> row.stored().message().tenant().equals(tenant))
                .filter(row -> value.equals(row.stored().message().tags().get(name)))
                .sorted(Comparator.comparing(row -> row.stored().id()))
                .toList());
    }

    @Override
    public List<QueueRow> waitingFor(AccountId account, PhoneNumber to) {
        return transactions.run(() -> queue.rows().stream()
                .filter(row -> row.state() == State.QUEUED)
                .filter(row -> row.stored().account().equals(account)
                        && row.stored().message().to().equals(to))
                .sorted(Comparator.comparing(row -> row.stored().id()))
                .toList());
    }

    @Override
    public QueueCounts counts() {
        return transactions.run(() -> queue.counts(time.instant()));
    }

    @Override
    public Duration lag() {
        return transactions.run(() -> queue.lag(time.instant()));
    }

    @Override
    public Ownership own(String node, Duration lease) {
        return transactions.run(() -> leases.own(node, lease, queue.senders()));
    }

    @Override
    public void disown(String node) {
        transactions.execute(() -> leases.leave(node));
    }

    @Override
    public void disown(String node, Set<SenderKey> senders) {
        transactions.execute(() -> leases.disown(node, senders));
    }

    @Override
    public List<QueueRow> due(SenderKey sender, int limit, Skip skip) {
        return transactions.run(() -> {
            Instant now = time.instant();
            List<QueueRow> due = new ArrayList<>();
            for (Category category : Category.values()) {
                if (due.size() < limit && !skip.categories().contains(category)) {
                    due.addAll(queue.due(sender, category, now, limit - due.size(), skip.tenants()));
                }
            }
            return due;
        });
    }

    @Override
    public List<QueueRow> begin(String node, List<QueueRow> rows) {
        return transactions.run(() -> {
            List<QueueRow> begun = new ArrayList<>(rows.size());
            for (QueueRow read : rows) {
                MessageId id = read.stored().id();
                QueueRow row = queue.get(id);
                if (row != null && isStill(read, row) && leases.owns(node, SenderKey.of(row.stored()))) {
                    QueueRow sending = row.begun();
                    set(id, sending);
                    setBeginner(id, node);
                    begun.add(sending);
                }
            }
            return begun;
        });
    }

    private static boolean isStill(QueueRow read, QueueRow row) {
        return row.state() == State.QUEUED
                && row.tries().attempts() == read.tries().attempts()
                && row.notBefore().equals(read.notBefore());
    }

    @Override
    public Set<AttemptId> begunBy(String node, Collection<AttemptId> attempts) {
        return transactions.run(() -> attempts.stream()
                .filter(attempt -> node.equals(begunBy.get(attempt.message())))
                .filter(attempt -> {
                    QueueRow row = queue.get(attempt.message());
                    return row != null
                            && row.state() == State.SENDING
                            && row.attempt().equals(attempt);
                })
                .collect(Collectors.toUnmodifiableSet()));
    }

    @Override
    public boolean settle(Settled settled) {
        return transactions.run(() -> {
            QueueRow row = queue.get(settled.message());
            if (row == null) {
                return false;
            }
            if (settled instanceof Settled.Leave leave) {
                return guarded(row, leave.attempt(), null);
            }
            if (settled instanceof Settled.TryAgain again) {
                Instant due = time.instant().plus(again.pause());
                return guarded(row, again.attempt(), row.queued(due, again.tries(), again.failure()));
            }
            if (settled instanceof Settled.Hold hold) {
                return row.state() == State.SENDING && guarded(row, hold.attempt(), row.uncertain());
            }
            Settled.Delay delay = (Settled.Delay) settled;
            if (row.state() != State.QUEUED) {
                return false;
            }
            set(row.stored().id(), row.queued(time.instant().plus(delay.pause()), row.tries(), row.lastFailure()));
            return true;
        });
    }

    @Override
    public List<QueueRow> unresolved(AccountId account, PhoneNumber to) {
        return transactions.run(() -> queue.unresolved(account, to));
    }

    private boolean guarded(QueueRow row, AttemptId attempt, @Nullable QueueRow after) {
        if (row.state() == State.QUEUED || row.tries().attempts() != attempt.number()) {
            return false;
        }
        set(row.stored().id(), after);
        setBeginner(row.stored().id(), null);
        return true;
    }

    private void setBeginner(MessageId id, @Nullable String node) {
        String before = putBeginner(id, node);
        transactions.onRollback(() -> putBeginner(id, before));
    }

    private @Nullable String putBeginner(MessageId id, @Nullable String node) {
        return node == null ? begunBy.remove(id) : begunBy.put(id, node);
    }

    @Override
    public List<QueueRow> recover(int limit) {
        return transactions.run(() -> {
            List<QueueRow> held = new ArrayList<>();
            for (QueueRow row : queue.sending()) {
                MessageId id = row.stored().id();
                if (held.size() < limit && !isBegunByItsOwner(row)) {
                    QueueRow uncertain = row.uncertain();
                    set(id, uncertain);
                    setBeginner(id, null);
                    held.add(uncertain);
                }
            }
            return held;
        });
    }

    @Override
    public Optional<Duration> nextDue(Set<SenderKey> senders) {
        return transactions.run(() -> {
            Instant now = time.instant();
            return queue.nextDue(senders, now).map(due -> Duration.between(now, due));
        });
    }

    /** For retention: drops key and indexes of a message that is in neither queue nor history. */
    void forget(StoredMessage stored) {
        texts.remove(stored);
        recipients.remove(stored);
        TenantKey owner = stored.message().key() == null
                ? null
                : new TenantKey(stored.message().tenant(), stored.message().key());
        Enqueued.Existing held = owner == null ? null : keys.get(owner);
        boolean owned = held != null && held.id().equals(stored.id());
        if (owned) {
            keys.remove(owner);
        }
        transactions.onRollback(() -> {
            texts.add(stored);
            recipients.add(stored);
            if (owned) {
                keys.put(Objects.requireNonNull(owner), Objects.requireNonNull(held));
            }
        });
    }

    /** For the lookout: no message is due by then, none is left behind, and so many other nodes are there. */
    boolean isCalm(String node, int others, Instant end) {
        return leases.others(node) == others
                && !queue.isDue(end)
                && queue.sending().stream().allMatch(this::isBegunByItsOwner);
    }

    private boolean isBegunByItsOwner(QueueRow row) {
        return leases.owns(begunBy.getOrDefault(row.stored().id(), ""), SenderKey.of(row.stored()));
    }

    /** For conversations. Call it inside the transactions. */
    Collection<QueueRow> rows() {
        return queue.rows();
    }

    /** For facts. Call it inside the transactions. */
    long waiting(@Nullable TenantId tenant) {
        return queue.waiting(tenant);
    }

    /** For facts. Call it inside the transactions. */
    NavigableSet<MessageId> sameText(OutboundMessage message, MessageId before) {
        return texts.before(message, before);
    }

    /** For facts. Call it inside the transactions. */
    List<MemoryRecipients.Earlier> toRecipient(OutboundMessage message, MessageId before) {
        return recipients.before(message, before);
    }
}
