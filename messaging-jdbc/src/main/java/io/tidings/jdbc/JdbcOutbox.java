package io.tidings.jdbc;

import io.tidings.audit.AuditStore;
import io.tidings.event.EventStore;
import io.tidings.history.StoredMessage;
import io.tidings.jdbc.QueueRows.Raw;
import io.tidings.message.AccountId;
import io.tidings.message.MessageId;
import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import io.tidings.outbox.Enqueued;
import io.tidings.outbox.Incoming;
import io.tidings.outbox.OutboxStore;
import io.tidings.outbox.QueueCounts;
import io.tidings.outbox.QueueRow;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The queue as intake sees it. */
final class JdbcOutbox implements OutboxStore {
    private static final String FIND = "SELECT " + QueueRows.COLUMNS + " FROM tidings_queue q WHERE q.id = ?";
    private static final String OWNER_OF_KEY =
            "SELECT message, fingerprint FROM tidings_key WHERE tenant = ? AND name = ?";
    private static final String TAGGED = "SELECT " + QueueRows.COLUMNS + " " + """
            FROM tidings_tag t JOIN tidings_queue q ON q.id = t.message
            WHERE t.tenant = ? AND t.name = ? AND t.content = ? ORDER BY q.id""";
    private static final String WAITING_FOR = "SELECT " + QueueRows.COLUMNS + " " + """
            FROM tidings_queue q WHERE q.state = 0 AND q.account = ? AND q.recipient = ? ORDER BY q.id""";
    private static final String COUNTS = """
            SELECT (SELECT COUNT(*) FROM tidings_queue WHERE state = 0 AND attempts = 0 AND not_before > {now}),
                   (SELECT COUNT(*) FROM tidings_queue WHERE state = 1),
                   (SELECT COUNT(*) FROM tidings_queue WHERE state = 2),
                   (SELECT COALESCE(SUM(delta), 0) FROM tidings_counter WHERE kind = 'waiting')""";

    private static final String LAG = "SELECT COALESCE({now} - MIN(not_before), 0) FROM tidings_queue WHERE state = 0";

    private final Database database;
    private final PostgresIncomings postgres;
    private final Incomings incomings;
    private final Removal removal;
    private final CounterFolds folds;

    JdbcOutbox(Database database, Counters counters, AuditStore audit, EventStore events) {
        this.database = database;
        this.postgres = new PostgresIncomings(database);
        this.incomings = new Incomings(database, counters, audit, events);
        this.removal = new Removal(database, counters);
        this.folds = new CounterFolds(counters);
    }

    @Override
    public List<Enqueued> enqueue(List<Incoming> messages) {
        return database.transactions().run(() -> {
            Set<MessageId> stored = store(messages);
            List<Enqueued> answers = new ArrayList<>(messages.size());
            for (Incoming message : messages) {
                StoredMessage one = Incomings.stored(message);
                answers.add(stored.contains(one.id()) ? new Enqueued.Stored(one.id()) : existing(one));
            }
            return answers;
        });
    }

    private Set<MessageId> store(List<Incoming> messages) {
        if (messages.isEmpty()) {
            return Set.of();
        }
        folds.added();
        if (database.dialect() == Dialect.POSTGRESQL) {
            return postgres.store(messages);
        }
        database.transactions().protectHost();
        return incomings.store(messages);
    }

    private Enqueued existing(StoredMessage again) {
        String key = Objects.requireNonNull(again.message().key());
        return database.find(
                        OWNER_OF_KEY,
                        values -> values.text(again.message().tenant().value()).text(key),
                        JdbcOutbox::existing)
                .orElseThrow(() -> new IllegalStateException(
                        "the key of message " + again.id() + " is taken, and nobody has it; was its row deleted?"));
    }

    private static Enqueued existing(Row row) throws SQLException {
        MessageId owner = row.id();
        return new Enqueued.Existing(owner, row.cipher().open(Incomings.fingerprint(owner), row.text()));
    }

    @Override
    public void reopen(QueueRow row) {
        database.transactions().execute(() -> {
            database.transactions().protectHost();
            incomings.put(List.of(row));
        });
    }

    @Override
    public Optional<QueueRow> withdraw(MessageId id) {
        return database.transactions()
                .run(() -> removal.take(id, "q.state = 0", values -> {}).map(Raw::read));
    }

    @Override
    public Optional<QueueRow> find(MessageId id) {
        return database.find(FIND, values -> values.id(id), Raw::of).flatMap(QueueRows::readOne);
    }

    @Override
    public Optional<MessageId> withKey(TenantId tenant, String key) {
        return database.find(OWNER_OF_KEY, values -> values.text(tenant.value()).text(key), Row::id);
    }

    @Override
    public List<QueueRow> tagged(TenantId tenant, String name, String value) {
        return QueueRows.readable(database.query(
                TAGGED, values -> values.text(tenant.value()).text(name).text(value), Raw::of));
    }

    @Override
    public List<QueueRow> waitingFor(AccountId account, PhoneNumber to) {
        return QueueRows.readable(database.query(
                WAITING_FOR, values -> values.text(account.value()).person(to), Raw::of));
    }

    @Override
    public QueueCounts counts() {
        return database.query(COUNTS, values -> {}, row -> {
                    long scheduled = row.number();
                    long sending = row.number();
                    long uncertain = row.number();
                    long queued = row.number() - scheduled - sending - uncertain;
                    return new QueueCounts(scheduled, Math.max(0, queued), sending, uncertain);
                })
                .get(0);
    }

    @Override
    public Duration lag() {
        long micros = database.query(LAG, values -> {}, Row::number).get(0);
        return Duration.of(Math.max(0, micros), ChronoUnit.MICROS);
    }
}
