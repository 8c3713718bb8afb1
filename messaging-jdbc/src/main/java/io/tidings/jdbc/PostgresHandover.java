package io.tidings.jdbc;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidings.history.Observation;
import io.tidings.message.AttemptId;
import io.tidings.outbox.Handover;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Moves messages from the queue to the history with one statement for up to a thousand. */
final class PostgresHandover implements Handover {
    private static final int AT_ONCE = 1_000;

    /** A plan made while a table was empty would read all of it later. */
    static final String PLAN_EACH_TIME = "SET LOCAL plan_cache_mode = force_custom_plan";

    /**
     * SIDs first, attempts next, the queue last: whoever else locks two of them does it in this order. What one part made
     * is looked up in a hash: nobody knows how many rows it will be, and a join would compare each with each. What a row
     * that is changed must be stands beside what was given, not in the text: by the planner's statistics no attempt is
     * being sent, and for none it would read the whole table first, and then what was given once for each row of it.
     * Limits that it does not know keep its expectations small, also where each look-up is one in each of many partitions.
     */
    static final String SETTLE = """
            WITH given AS MATERIALIZED (
                SELECT * FROM json_to_recordset(CAST(? AS json)) AS g(
                    message uuid, sid text, seen text, code integer, cause text, source text, at bigint, raw text,
                    bare boolean, status text, poll bigint)
                LIMIT (SELECT 1000000)
            ), open AS MATERIALIZED (
                SELECT g.*, 1 AS first, 'SENDING_TO_PROVIDER' AS sending, 1 AS in_flight FROM given g
                CROSS JOIN LATERAL (
                    SELECT 1 FROM tidings_attempt r
                    WHERE r.message = g.message AND r.number = 1 AND (r.status = 'SENDING_TO_PROVIDER') IS TRUE
                    OFFSET 0) a
                CROSS JOIN LATERAL (
                    SELECT 1 FROM tidings_queue r
                    WHERE r.id = g.message AND (r.state = 1 AND r.attempts = 1) IS TRUE OFFSET 0) q
                WHERE NOT EXISTS (SELECT 1 FROM tidings_observation o WHERE o.message = g.message)
                LIMIT (SELECT 1000000)
            ), named AS (
                INSERT INTO tidings_sid (sid, message, number, listed)
                SELECT sid, message, 1, FALSE FROM open ORDER BY sid
                ON CONFLICT DO NOTHING RETURNING message
            ), moved AS (
                UPDATE tidings_attempt a
                SET status = o.seen, sid = o.sid, error_code = o.code, cause = o.cause, changed_at = o.at,
                    poll_at = {now} + o.poll, poll_round = CASE WHEN o.poll IS NULL THEN NULL ELSE 0 END
                FROM open o
                WHERE (o.message IN (SELECT message FROM named)) IS TRUE
                  AND a.message = o.message AND a.number = o.first AND a.status = o.sending
                RETURNING o.message, o.sid, o.seen, o.code, o.cause, o.source, o.at, o.raw, o.bare, o.status, o.first,
                          o.in_flight
            ), gone AS (
                DELETE FROM tidings_queue q USING moved m
                WHERE q.id = m.message AND q.state = m.in_flight AND q.attempts = m.first
                RETURNING q.id, q.tenant, q.recipient, q.text_hash, q.lane, q.accepted_at, q.counted, q.body, q.tagged,
                          m.status, m.at
            ), observed AS (
                INSERT INTO tidings_observation (message, number, status, sid, error_code, cause, source, at, raw, bare)
                SELECT message, 1, seen, sid, code, cause, source, at, raw, bare FROM moved
            ), kept AS (
                INSERT INTO tidings_message
                    (id, tenant, recipient, text_hash, lane, accepted_at, status, attempts, counted, changed_at, body)
                SELECT id, tenant, recipient, text_hash, lane, accepted_at, status, 1, counted + 1, at, body FROM gone
            ), untagged AS (
                DELETE FROM tidings_tag t USING gone g WHERE g.tagged AND t.message = g.id
                RETURNING t.tenant, t.name, t.content, t.accepted_at, t.message
            ), tagged AS (
                INSERT INTO tidings_message_tag (tenant, name, content, accepted_at, message)
                SELECT tenant, name, content, accepted_at, message FROM untagged ON CONFLICT DO NOTHING
            ), counted AS (
                INSERT INTO tidings_counter (kind, name, delta)
                SELECT 'waiting', tenant, -count(*) FROM gone GROUP BY tenant
                UNION ALL
                SELECT 'status', status, count(*) FROM gone GROUP BY status
            )
            SELECT message, message IN (SELECT id FROM gone) FROM moved""";

    private final Database database;
    private final PostgresAdvance advance;

    private record Moved(AttemptId attempt, boolean complete) {}

    PostgresHandover(Database database) {
        this.database = database;
        this.advance = new PostgresAdvance(database);
    }

    @Override
    public Advanced advance(List<Told> told) {
        if (told.isEmpty()) {
            return Advanced.NOTHING;
        }
        return database.transactions().run(() -> {
            database.transactions().protectHost();
            database.update(PLAN_EACH_TIME, values -> {});
            return advance.advance(told);
        });
    }

    @Override
    public boolean advances() {
        return true;
    }

    @Override
    public Set<AttemptId> settle(List<Taken> taken) {
        if (taken.isEmpty()) {
            return Set.of();
        }
        return database.transactions().run(() -> {
            database.transactions().protectHost();
            database.update(PLAN_EACH_TIME, values -> {});
            Set<AttemptId> settled = new HashSet<>();
            for (int from = 0; from < taken.size(); from += AT_ONCE) {
                List<Taken> some = taken.subList(from, Math.min(taken.size(), from + AT_ONCE));
                database.query(
                                SETTLE,
                                values -> values.text(json(some, database.cipher())),
                                row -> new Moved(new AttemptId(row.id(), 1), row.flag()))
                        .forEach(moved -> settled.add(whole(moved)));
            }
            return settled;
        });
    }

    /** Who changes a message locks its attempt first, so this cannot be; if it is, nothing of it may be committed. */
    private static AttemptId whole(Moved moved) {
        if (!moved.complete()) {
            throw new IllegalStateException("the message of attempt " + moved.attempt()
                    + " left the queue while its answer was recorded; the answer is recorded alone");
        }
        return moved.attempt();
    }

    private static String json(List<Taken> taken, ColumnCipher cipher) {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode(taken.size());
        for (Taken one : taken) {
            Observation seen = one.seen();
            ObjectNode json = rows.addObject()
                    .put("message", one.attempt().message().toString())
                    .put("sid", seen.sid())
                    .put("seen", seen.status().name())
                    .put("code", seen.errorCode())
                    .put("cause", seen.cause())
                    .put("source", seen.source().name())
                    .put("at", Values.micros(seen.at()))
                    .put("raw", JdbcAttempts.raw(one.attempt(), seen, cipher))
                    .put("bare", seen.withoutRaw().equals(seen))
                    .put("status", one.status().name());
            if (one.pollAfter() != null) {
                json.put("poll", Values.micros(one.pollAfter()));
            }
        }
        return rows.toString();
    }
}
