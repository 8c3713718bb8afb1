package io.tidings.jdbc;

import io.tidings.history.TryCount;
import io.tidings.jdbc.QueueRows.Raw;
import io.tidings.message.AccountId;
import io.tidings.message.AttemptId;
import io.tidings.message.MessageId;
import io.tidings.message.PhoneNumber;
import io.tidings.outbox.Ownership;
import io.tidings.outbox.QueueRow;
import io.tidings.outbox.QueueRow.State;
import io.tidings.outbox.SenderKey;
import io.tidings.outbox.Settled;
import io.tidings.outbox.Skip;
import io.tidings.outbox.WorkQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The queue as the dispatcher sees it. Every change is guarded by what the row was when it was read. */
final class JdbcWorkQueue implements WorkQueue {
    private static final String BEGIN = """
            UPDATE tidings_queue SET state = 1, attempts = attempts + 1, begun_by = ?
            WHERE id = ? AND state = 0 AND attempts = ? AND not_before = ?""";
    private static final String BEGUN =
            "SELECT id, attempts FROM tidings_queue WHERE state = 1 AND begun_by = ? AND id IN (";
    private static final String TRY_AGAIN = """
            UPDATE tidings_queue
            SET state = 0, not_before = {now} + ?, attempts = ?, counted = ?, failure = ?, begun_by = NULL
            WHERE id = ? AND state <> 0 AND attempts = ?""";
    private static final String HOLD =
            "UPDATE tidings_queue SET state = 2, begun_by = NULL WHERE id = ? AND state = 1 AND attempts = ?";
    private static final String DELAY = "UPDATE tidings_queue SET not_before = {now} + ? WHERE id = ? AND state = 0";
    private static final String UNRESOLVED = "SELECT " + QueueRows.COLUMNS + " " + """
            FROM tidings_queue q WHERE q.state IN (1, 2) AND q.account = ? AND q.recipient = ?""";
    /** Begun by a node that does not own the sender any more. */
    static final String IS_ORPHAN = """
            q.state = 1 AND NOT EXISTS (
                SELECT 1 FROM tidings_sender s WHERE s.account = q.account AND s.sender = q.sender
                AND s.shard = q.shard AND s.node = q.begun_by AND s.ends_at > {now})""";

    private static final String ORPHANS = "SELECT " + QueueRows.COLUMNS + " FROM tidings_queue q WHERE " + IS_ORPHAN
            + " ORDER BY q.id LIMIT ? FOR UPDATE SKIP LOCKED";
    /** Counters are added up when so many changes have come in. */
    private static final int WORTH_FOLDING = 200;

    private final Database database;
    private final Counters counters;
    private final QueueRows rows;
    private final Leases leases;
    private final Due due;
    private final Removal removal;
    private final PostgresBegin postgres;

    JdbcWorkQueue(Database database, Counters counters) {
        this.database = database;
        this.counters = counters;
        this.rows = new QueueRows(database, counters);
        this.leases = new Leases(database);
        this.due = Due.of(database);
        this.removal = new Removal(database, counters);
        this.postgres = new PostgresBegin(database);
    }

    @Override
    public Ownership own(String node, Duration lease) {
        return database.transactions().run(() -> {
            Ownership owned = leases.own(node, lease);
            counters.fold(WORTH_FOLDING);
            return owned;
        });
    }

    @Override
    public void disown(String node) {
        leases.leave(node);
    }

    @Override
    public void disown(String node, Set<SenderKey> senders) {
        leases.disown(node, senders);
    }

    @Override
    public List<QueueRow> due(SenderKey sender, int limit, Skip skip) {
        return database.transactions().run(() -> rows.orSetAside(due.due(sender, limit, skip)));
    }

    @Override
    public List<QueueRow> begin(String node, List<QueueRow> rows) {
        return database.transactions().run(() -> {
            database.transactions().protectHost();
            Set<SenderKey> held = leases.hold(
                    node, rows.stream().map(row -> SenderKey.of(row.stored())).toList());
            NavigableMap<MessageId, QueueRow> inOrder = new TreeMap<>();
            rows.stream()
                    .filter(row -> held.contains(SenderKey.of(row.stored())))
                    .forEach(row -> inOrder.put(row.stored().id(), row));
            Map<MessageId, QueueRow> begun = mark(node, List.copyOf(inOrder.values()));
            return rows.stream()
                    .map(row -> row.stored().id())
                    .distinct()
                    .flatMap(id -> Stream.ofNullable(begun.get(id)))
                    .toList();
        });
    }

    private Map<MessageId, QueueRow> mark(String node, List<QueueRow> waiting) {
        Set<MessageId> marked = database.dialect() == Dialect.POSTGRESQL && waiting.size() >= PostgresBegin.WORTH_A_PLAN
                ? postgres.begin(node, waiting)
                : changed(
                        waiting,
                        database.batch(
                                BEGIN,
                                waiting,
                                (values, row) -> values.text(node)
                                        .id(row.stored().id())
                                        .number(row.tries().attempts())
                                        .time(row.notBefore())));
        Map<MessageId, QueueRow> begun = new HashMap<>();
        for (QueueRow row : waiting) {
            if (marked.contains(row.stored().id())) {
                begun.put(
                        row.stored().id(), with(row, State.SENDING, row.tries().begin()));
            }
        }
        return begun;
    }

    private static Set<MessageId> changed(List<QueueRow> rows, int[] counts) {
        Set<MessageId> changed = new HashSet<>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] == 1) {
                changed.add(rows.get(i).stored().id());
            }
        }
        return changed;
    }

    private static QueueRow with(QueueRow row, State state, TryCount tries) {
        return new QueueRow(row.stored(), state, row.notBefore(), tries, row.lastFailure());
    }

    @Override
    public Set<AttemptId> begunBy(String node, Collection<AttemptId> attempts) {
        Set<AttemptId> begun = new HashSet<>();
        if (!attempts.isEmpty()) {
            Set<MessageId> messages = attempts.stream().map(AttemptId::message).collect(Collectors.toSet());
            begun.addAll(database.query(
                    BEGUN + Database.marks(messages.size()) + ")",
                    values -> {
                        values.text(node);
                        for (MessageId id : messages) {
                            values.id(id);
                        }
                    },
                    row -> new AttemptId(row.id(), row.integer())));
            begun.retainAll(Set.copyOf(attempts));
        }
        return begun;
    }

    @Override
    public boolean settle(Settled settled) {
        if (settled instanceof Settled.Leave leave) {
            AttemptId attempt = leave.attempt();
            return removal.take(
                            attempt.message(),
                            "q.state <> 0 AND q.attempts = ?",
                            values -> values.number(attempt.number()))
                    .isPresent();
        }
        if (settled instanceof Settled.TryAgain again) {
            return database.update(
                            TRY_AGAIN,
                            values -> values.duration(again.pause())
                                    .number(again.tries().attempts())
                                    .number(again.tries().counted())
                                    .text(MessageCodec.write(again.failure()))
                                    .id(again.message())
                                    .number(again.attempt().number()))
                    == 1;
        }
        if (settled instanceof Settled.Hold hold) {
            return database.update(
                            HOLD,
                            values -> values.id(hold.message())
                                    .number(hold.attempt().number()))
                    == 1;
        }
        Settled.Delay delay = (Settled.Delay) settled;
        return database.update(DELAY, values -> values.duration(delay.pause()).id(delay.message())) == 1;
    }

    @Override
    public List<QueueRow> unresolved(AccountId account, PhoneNumber to) {
        return QueueRows.readable(database.query(
                UNRESOLVED, values -> values.text(account.value()).person(to), Raw::of));
    }

    @Override
    public List<QueueRow> recover(int limit) {
        return database.transactions().run(() -> {
            List<QueueRow> orphans = rows.orSetAside(database.query(ORPHANS, values -> values.number(limit), Raw::of));
            int[] changed = database.batch(
                    HOLD,
                    orphans,
                    (values, row) ->
                            values.id(row.stored().id()).number(row.tries().attempts()));
            List<QueueRow> held = new ArrayList<>();
            for (int i = 0; i < changed.length; i++) {
                if (changed[i] == 1) {
                    held.add(
                            with(orphans.get(i), State.UNCERTAIN, orphans.get(i).tries()));
                }
            }
            return held;
        });
    }

    @Override
    public Optional<Duration> nextDue(Set<SenderKey> senders) {
        return senders.isEmpty() ? Optional.empty() : due.nextDue(senders);
    }
}
