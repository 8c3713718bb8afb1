package io.tidings.jdbc;

import io.tidings.audit.AuditData;
import io.tidings.audit.AuditEntry;
import io.tidings.event.Happening;
import io.tidings.history.MessageRow;
import io.tidings.history.StoredMessage;
import io.tidings.history.TryCount;
import io.tidings.message.Failure;
import io.tidings.message.MessageId;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.outbox.Incoming;
import io.tidings.outbox.QueueRow;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Stores new messages and everything about them with one statement. */
final class PostgresIncomings {
    private static final int AT_ONCE = 1_000;

    private static final String GIVEN = """
            WITH given AS MATERIALIZED (
                SELECT * FROM unnest(
                    CAST(? AS uuid[]), CAST(? AS text[]), CAST(? AS text[]), CAST(? AS text[]), CAST(? AS text[]),
                    CAST(? AS text[]), CAST(? AS integer[]), CAST(? AS integer[]), CAST(? AS bigint[]),
                    CAST(? AS integer[]), CAST(? AS integer[]), CAST(? AS text[]), CAST(? AS text[]),
                    CAST(? AS bigint[]), CAST(? AS bigint[]), CAST(? AS text[]), CAST(? AS text[]), CAST(? AS text[]),
                    CAST(? AS text[]), CAST(? AS bigint[]), CAST(? AS text[]),
                    CAST(? AS uuid[]), CAST(? AS bigint[]), CAST(? AS text[]), CAST(? AS text[]), CAST(? AS text[]),
                    CAST(? AS text[]), CAST(? AS uuid[]), CAST(? AS text[]), CAST(? AS text[]), CAST(? AS text[]),
                    CAST(? AS text[]), CAST(? AS text[]), CAST(? AS text[]), CAST(? AS text[]),
                    CAST(? AS text[]), CAST(? AS text[]), CAST(? AS text[]), CAST(? AS bigint[]), CAST(? AS text[]))
                    WITH ORDINALITY AS g(
                    id, tenant, key, fingerprint, account,
                    sender, state, lane, due,
                    attempts, counted, order_key, recipient,
                    text_hash, accepted, tags, failure, body,
                    status, changed, decisions,
                    entry, acted_at, acted_for, actor_kind, actor,
                    action, acted_on, node, environment, commitment,
                    person, person_sealed, salt, reason, details,
                    event, subject, happened_at, facts, n)
            )""";
    private static final String KEYED = """
            , keyed AS (
                INSERT INTO tidings_key (tenant, name, message, fingerprint)
                SELECT tenant, key, id, fingerprint FROM given WHERE key IS NOT NULL
                ORDER BY tenant COLLATE "C", key COLLATE "C", n
                ON CONFLICT DO NOTHING RETURNING message
            ), stored AS MATERIALIZED (
                SELECT * FROM given WHERE key IS NULL OR id IN (SELECT message FROM keyed)
            )""";
    private static final String UNKEYED = """
            , stored AS MATERIALIZED (SELECT * FROM given)""";
    private static final String QUEUED = """
            , queued AS (
                INSERT INTO tidings_queue
                    (id, account, sender, shard, state, lane, tenant, not_before, attempts, counted, order_key,
                     recipient, text_hash, accepted_at, tagged, failure, body)
                SELECT id, account, sender, 0, state, lane, tenant, due, attempts, counted, order_key,
                       recipient, text_hash, accepted, tags IS NOT NULL, failure, body
                FROM stored WHERE status IS NULL
            ), waiting AS (
                INSERT INTO tidings_counter (kind, name, delta)
                SELECT 'waiting', tenant, count(*) FROM stored WHERE status IS NULL GROUP BY tenant
            )""";
    private static final String REFUSED = """
            , ended AS (
                INSERT INTO tidings_message
                    (id, tenant, recipient, text_hash, lane, accepted_at, status, attempts, counted, failure,
                     changed_at, body)
                SELECT id, tenant, recipient, text_hash, lane, accepted, status, attempts, counted, failure,
                       changed, body
                FROM stored WHERE status IS NOT NULL
            ), counted AS (
                INSERT INTO tidings_counter (kind, name, delta)
                SELECT 'status', status, count(*) FROM stored WHERE status IS NOT NULL GROUP BY status
            )""";
    private static final String TAGGED = """
            , tagged AS (
                INSERT INTO tidings_tag (tenant, name, content, accepted_at, message)
                SELECT s.tenant, t.key, t.value, s.accepted, s.id
                FROM stored s CROSS JOIN LATERAL json_each_text(CAST(s.tags AS json)) t
                WHERE s.tags IS NOT NULL AND s.status IS NULL
            ), labelled AS (
                INSERT INTO tidings_message_tag (tenant, name, content, accepted_at, message)
                SELECT s.tenant, t.key, t.value, s.accepted, s.id
                FROM stored s CROSS JOIN LATERAL json_each_text(CAST(s.tags AS json)) t
                WHERE s.tags IS NOT NULL AND s.status IS NOT NULL
            )""";
    private static final String TOLD = """
            , announced AS (
                INSERT INTO tidings_event (kind, subject, at, facts, state, claims, due_at)
                SELECT event, subject, happened_at, facts, 0, 0, {now} FROM stored WHERE event IS NOT NULL ORDER BY n
            )""";
    private static final String RECORDED = """
            , decided AS (
                INSERT INTO tidings_decision (message, records)
                SELECT id, decisions FROM stored WHERE decisions IS NOT NULL
            ), entries AS (
                INSERT INTO tidings_audit
                    (id, at, tenant, actor_kind, actor, action, message, node, environment, commitment)
                SELECT entry, acted_at, acted_for, actor_kind, actor, action, acted_on, node, environment, commitment
                FROM stored WHERE entry IS NOT NULL
            ), erasable AS (
                INSERT INTO tidings_audit_data (id, tenant, person, person_sealed, salt, reason, details)
                SELECT entry, acted_for, person, person_sealed, salt, reason, details FROM stored WHERE salt IS NOT NULL
            ), unsealed AS (
                INSERT INTO tidings_audit_unsealed (at, id) SELECT acted_at, entry FROM stored WHERE entry IS NOT NULL
            )
            SELECT id FROM stored""";

    /** Which parts the statement has, for PostgreSQL opens the tables and indexes of each of them, also for nothing. */
    private record Parts(boolean keys, boolean refused, boolean tags, boolean told) {
        private static final Map<Parts, String> STATEMENTS = new ConcurrentHashMap<>();

        static Parts of(List<Incoming> messages) {
            return new Parts(
                    messages.stream().anyMatch(one -> message(one).key() != null),
                    messages.stream().anyMatch(one -> one.refused() != null),
                    messages.stream().anyMatch(one -> !message(one).tags().isEmpty()),
                    messages.stream().anyMatch(one -> one.event() != null));
        }

        private static OutboundMessage message(Incoming one) {
            return Incomings.stored(one).message();
        }

        /** The same text each time. */
        String sql() {
            return STATEMENTS.computeIfAbsent(this, Parts::text);
        }

        private String text() {
            return GIVEN
                    + (keys ? KEYED : UNKEYED)
                    + QUEUED
                    + (refused ? REFUSED : "")
                    + (tags ? TAGGED : "")
                    + (told ? TOLD : "")
                    + RECORDED;
        }
    }

    /** One order for everybody, so that two that share keys never wait for each other in a circle. */
    private static final Comparator<Incoming> BY_KEY =
            Comparator.comparing(PostgresIncomings::tenantAndKey, Comparator.nullsLast(Comparator.naturalOrder()));

    private final Database database;

    PostgresIncomings(Database database) {
        this.database = database;
    }

    /** Stores them and returns which. */
    Set<MessageId> store(List<Incoming> messages) {
        if (messages.size() > AT_ONCE) {
            database.transactions().protectHost();
        }
        List<Incoming> inOrder = messages.stream().sorted(BY_KEY).toList();
        Set<MessageId> stored = new HashSet<>();
        for (int from = 0; from < inOrder.size(); from += AT_ONCE) {
            List<Incoming> some = inOrder.subList(from, Math.min(inOrder.size(), from + AT_ONCE));
            stored.addAll(database.query(Parts.of(some).sql(), values -> bind(values, some), Row::id));
        }
        return stored;
    }

    private static @Nullable String tenantAndKey(Incoming one) {
        OutboundMessage message = Incomings.stored(one).message();
        return message.key() == null ? null : message.tenant().value() + "\0" + message.key();
    }

    private void bind(Values values, List<Incoming> messages) throws SQLException {
        ColumnCipher cipher = database.cipher();
        List<Flat> rows = messages.stream().map(Flat::of).toList();
        Columns<Flat> columns = new Columns<>(database, values, rows);
        bindMessages(columns, cipher);
        bindPlaces(columns, cipher);
        DecisionJson.Batch json = new DecisionJson.Batch();
        columns.texts(row -> cipher.sealOrNull(JdbcDecisions.place(row.stored().id()), row.decisions(json)));
        bindEntries(columns, cipher);
        columns.texts(row -> row.told(event -> event.kind().name()))
                .texts(row -> row.told(event -> HappeningRows.subject(event.subject(), cipher)))
                .numbers(row -> row.told(event -> Values.micros(event.at())))
                .texts(row -> row.told(event -> HappeningRows.facts(HappeningRows.EVENT, event, cipher)));
    }

    private static void bindMessages(Columns<Flat> columns, ColumnCipher cipher) throws SQLException {
        columns.uuids(row -> row.stored().id().value())
                .texts(row -> row.message().tenant().value())
                .texts(row -> row.message().key())
                .texts(row -> cipher.seal(
                        Incomings.fingerprint(row.stored().id()), row.incoming().fingerprint()))
                .texts(row -> row.stored().account().value())
                .texts(row -> row.stored().sender().address());
    }

    /** Where each message lies: in the queue, or, if it was refused, in the history. */
    private static void bindPlaces(Columns<Flat> columns, ColumnCipher cipher) throws SQLException {
        columns.integers(row -> row.queued(queued -> QueueRows.number(queued.state())))
                .integers(row -> row.message().category().lane())
                .numbers(row -> row.queued(queued -> Values.micros(queued.notBefore())))
                .integers(row -> row.tries().attempts())
                .integers(row -> row.tries().counted())
                .texts(row -> Incomings.orderKey(row.message(), cipher))
                .texts(row -> cipher.number(row.message().to()))
                .numbers(row -> MessageCodec.hash(row.message().content(), cipher))
                .numbers(row -> Values.micros(row.stored().acceptedAt()))
                .texts(Flat::tags)
                .texts(row -> MessageCodec.write(row.failure()))
                .texts(row -> MessageCodec.write(row.stored(), cipher))
                .texts(row -> row.refused(refused -> refused.status().name()))
                .numbers(row -> row.refused(refused -> Values.micros(refused.changedAt())));
    }

    private static void bindEntries(Columns<Flat> columns, ColumnCipher cipher) throws SQLException {
        columns.uuids(row -> row.entry(AuditEntry::id))
                .numbers(row -> row.entry(entry -> Values.micros(entry.at())))
                .texts(row -> row.entry(entry -> string(entry.tenant())))
                .texts(row -> row.entry(entry -> entry.actor().kind().name()))
                .texts(row -> row.entry(entry -> entry.actor().name()))
                .texts(row -> row.entry(entry -> entry.action().name()))
                .uuids(row -> row.entry(PostgresIncomings::subject))
                .texts(row -> row.entry(entry -> entry.place().node()))
                .texts(row -> row.entry(entry -> entry.place().environment()))
                .texts(row -> row.entry(AuditEntry::commitment))
                .texts(row -> row.data(data -> of(data.person(), cipher::number)))
                .texts(row -> row.data(data -> of(data.person(), person -> besides(row, person, cipher))))
                .texts(row -> row.data(AuditData::salt))
                .texts(row -> row.data(data -> cipher.sealOrNull(audit("reason", row), data.reason())))
                .texts(row -> row.data(data -> cipher.seal(audit("details", row), JsonText.of(data.details()))));
    }

    private static @Nullable String string(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static @Nullable UUID subject(AuditEntry entry) {
        MessageId message = entry.message();
        return message == null ? null : message.value();
    }

    private static <P> @Nullable String of(@Nullable P part, Function<P, @Nullable String> value) {
        return part == null ? null : value.apply(part);
    }

    private static @Nullable String besides(Flat row, PhoneNumber person, ColumnCipher cipher) {
        return cipher.beside(audit("person", row), person.e164());
    }

    private static String audit(String column, Flat row) {
        return AuditRows.place(
                column, Objects.requireNonNull(row.incoming().audit()).id());
    }

    /** A message and, where they are there, its parts. */
    private record Flat(Incoming incoming, StoredMessage stored) {
        static Flat of(Incoming incoming) {
            return new Flat(incoming, Incomings.stored(incoming));
        }

        OutboundMessage message() {
            return stored.message();
        }

        private static <P, V> @Nullable V of(@Nullable P part, Function<P, @Nullable V> value) {
            return part == null ? null : value.apply(part);
        }

        <V> @Nullable V queued(Function<QueueRow, @Nullable V> value) {
            return of(incoming.row(), value);
        }

        <V> @Nullable V refused(Function<MessageRow, @Nullable V> value) {
            return of(incoming.refused(), value);
        }

        <V> @Nullable V entry(Function<AuditEntry, @Nullable V> value) {
            return of(incoming.audit(), value);
        }

        <V> @Nullable V data(Function<AuditData, @Nullable V> value) {
            AuditEntry entry = incoming.audit();
            return of(entry == null ? null : entry.data(), value);
        }

        <V> @Nullable V told(Function<Happening, @Nullable V> value) {
            return of(incoming.event(), value);
        }

        TryCount tries() {
            QueueRow row = incoming.row();
            return row != null
                    ? row.tries()
                    : Objects.requireNonNull(incoming.refused()).tries();
        }

        @Nullable
        Failure failure() {
            QueueRow row = incoming.row();
            return row != null
                    ? row.lastFailure()
                    : Objects.requireNonNull(incoming.refused()).failure();
        }

        @Nullable
        String tags() {
            return message().tags().isEmpty() ? null : JsonText.of(message().tags());
        }

        @Nullable
        String decisions(DecisionJson.Batch json) {
            return incoming.decisions().isEmpty() ? null : json.write(incoming.decisions());
        }
    }
}
