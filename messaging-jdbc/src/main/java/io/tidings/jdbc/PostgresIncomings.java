package io.tidings.jdbc;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Stores new messages and everything about them with one statement. */
final class PostgresIncomings {
    private static final int AT_ONCE = 1_000;

    /** The rows come as one JSON text, so that the plan knows no table that was empty when it was made. */
    private static final String STORE = """
            WITH given AS MATERIALIZED (
                SELECT * FROM json_to_recordset(CAST(? AS json)) AS g(
                    n integer, id uuid, tenant text, key text, fingerprint text, account text, sender text,
                    state smallint, lane smallint, due bigint, attempts integer, counted integer, order_key text,
                    recipient text, text_hash bigint, accepted bigint, tags json, failure text, body text, status text,
                    changed bigint, decisions text, audit json, event json)
            ), keyed AS (
                INSERT INTO tidings_key (tenant, name, message, fingerprint)
                SELECT tenant, key, id, fingerprint FROM given WHERE key IS NOT NULL
                ORDER BY tenant COLLATE "C", key COLLATE "C", n
                ON CONFLICT DO NOTHING RETURNING message
            ), stored AS MATERIALIZED (
                SELECT * FROM given WHERE key IS NULL OR id IN (SELECT message FROM keyed)
            ), queued AS (
                INSERT INTO tidings_queue
                    (id, account, sender, shard, state, lane, tenant, not_before, attempts, counted, order_key,
                     recipient, text_hash, accepted_at, tagged, failure, body)
                SELECT id, account, sender, 0, state, lane, tenant, due, attempts, counted, order_key,
                       recipient, text_hash, accepted, tags IS NOT NULL, failure, body
                FROM stored WHERE status IS NULL
            ), ended AS (
                INSERT INTO tidings_message
                    (id, tenant, recipient, text_hash, lane, accepted_at, status, attempts, counted, failure,
                     changed_at, body)
                SELECT id, tenant, recipient, text_hash, lane, accepted, status, attempts, counted, failure,
                       changed, body
                FROM stored WHERE status IS NOT NULL
            ), tagged AS (
                INSERT INTO tidings_tag (tenant, name, content, message)
                SELECT s.tenant, t.key, t.value, s.id FROM stored s CROSS JOIN LATERAL json_each_text(s.tags) t
                WHERE s.tags IS NOT NULL AND s.status IS NULL
            ), labelled AS (
                INSERT INTO tidings_message_tag (tenant, name, content, message)
                SELECT s.tenant, t.key, t.value, s.id FROM stored s CROSS JOIN LATERAL json_each_text(s.tags) t
                WHERE s.tags IS NOT NULL AND s.status IS NOT NULL
            ), decided AS (
                INSERT INTO tidings_decision (message, records)
                SELECT id, decisions FROM stored WHERE decisions IS NOT NULL
            ), counted AS (
                INSERT INTO tidings_counter (kind, name, delta)
                SELECT 'waiting', tenant, count(*) FROM stored WHERE status IS NULL GROUP BY tenant
                UNION ALL
                SELECT 'status', status, count(*) FROM stored WHERE status IS NOT NULL GROUP BY status
            ), announced AS (
                INSERT INTO tidings_event (kind, subject, at, facts, state, claims, due_at)
                SELECT e.kind, e.subject, e.at, e.facts, 0, 0, {now}
                FROM stored s CROSS JOIN LATERAL json_to_record(s.event) AS e(
                    kind text, subject text, at bigint, facts text)
                WHERE s.event IS NOT NULL ORDER BY s.n
            ), audited AS MATERIALIZED (
                SELECT a.* FROM stored s CROSS JOIN LATERAL json_to_record(s.audit) AS a(
                    id uuid, at bigint, tenant text, kind text, actor text, action text, message uuid, node text,
                    environment text, commitment text, person text, salt text, reason text, details text)
                WHERE s.audit IS NOT NULL
            ), entries AS (
                INSERT INTO tidings_audit
                    (id, at, tenant, actor_kind, actor, action, message, node, environment, commitment)
                SELECT id, at, tenant, kind, actor, action, message, node, environment, commitment FROM audited
            ), erasable AS (
                INSERT INTO tidings_audit_data (id, tenant, person, salt, reason, details)
                SELECT id, tenant, person, salt, reason, details FROM audited WHERE salt IS NOT NULL
            ), unsealed AS (
                INSERT INTO tidings_audit_unsealed (at, id) SELECT at, id FROM audited
            )
            SELECT id FROM stored""";

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
            stored.addAll(database.query(STORE, values -> values.text(json(some)), Row::id));
        }
        return stored;
    }

    private static @Nullable String tenantAndKey(Incoming one) {
        OutboundMessage message = Incomings.stored(one).message();
        return message.key() == null ? null : message.tenant().value() + "\0" + message.key();
    }

    private static String json(List<Incoming> messages) {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode(messages.size());
        for (Incoming one : messages) {
            ObjectNode json = rows.addObject().put("n", rows.size()).put("fingerprint", one.fingerprint());
            putMessage(json, Incomings.stored(one));
            if (!one.decisions().isEmpty()) {
                json.put("decisions", DecisionJson.write(one.decisions()));
            }
            AuditEntry audit = one.audit();
            if (audit != null) {
                putAudit(json.putObject("audit"), audit);
            }
            Happening event = one.event();
            if (event != null) {
                json.putObject("event")
                        .put("kind", event.kind().name())
                        .put("subject", event.subject())
                        .put("at", Values.micros(event.at()))
                        .put("facts", JsonText.of(event.facts()));
            }
            QueueRow row = one.row();
            if (row != null) {
                json.put("state", QueueRows.number(row.state())).put("due", Values.micros(row.notBefore()));
                putTries(json, row.tries(), row.lastFailure());
            } else {
                MessageRow refused = Objects.requireNonNull(one.refused());
                json.put("status", refused.status().name()).put("changed", Values.micros(refused.changedAt()));
                putTries(json, refused.tries(), refused.failure());
            }
        }
        return rows.toString();
    }

    private static void putMessage(ObjectNode json, StoredMessage stored) {
        OutboundMessage message = stored.message();
        json.put("id", stored.id().toString())
                .put("tenant", message.tenant().value())
                .put("account", stored.account().value())
                .put("sender", stored.sender().address())
                .put("lane", message.category().lane())
                .put("recipient", message.to().e164())
                .put("text_hash", MessageCodec.hash(message.content()))
                .put("accepted", Values.micros(stored.acceptedAt()))
                .put("body", MessageCodec.write(stored));
        Json.put(json, "key", message.key());
        Json.put(json, "order_key", message.options().orderKey());
        Json.put(json, "tags", message.tags());
    }

    private static void putAudit(ObjectNode json, AuditEntry entry) {
        json.put("id", entry.id().toString())
                .put("at", Values.micros(entry.at()))
                .put("kind", entry.actor().kind().name())
                .put("actor", entry.actor().name())
                .put("action", entry.action().name())
                .put("node", entry.place().node())
                .put("environment", entry.place().environment())
                .put("commitment", entry.commitment());
        Json.put(json, "tenant", entry.tenant());
        Json.put(json, "message", entry.message());
        AuditData data = entry.data();
        if (data != null) {
            json.put("salt", data.salt()).put("details", JsonText.of(data.details()));
            Json.put(json, "reason", data.reason());
            PhoneNumber person = data.person();
            Json.put(json, "person", person == null ? null : person.e164());
        }
    }

    private static void putTries(ObjectNode json, TryCount tries, @Nullable Failure failure) {
        json.put("attempts", tries.attempts()).put("counted", tries.counted());
        Json.put(json, "failure", MessageCodec.write(failure));
    }
}
