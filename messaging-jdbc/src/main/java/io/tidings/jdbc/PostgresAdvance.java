package io.tidings.jdbc;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidings.history.MessageRow;
import io.tidings.history.Observation;
import io.tidings.message.AttemptId;
import io.tidings.message.AttemptStatus;
import io.tidings.outbox.Handover.Next;
import io.tidings.outbox.Handover.Told;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lets attempts get further, and their messages with them, with one statement. */
final class PostgresAdvance {
    /** Attempts first, in the order in which they are given, then messages: whoever else locks both does it so. */
    private static final String ADVANCE = """
            WITH given AS MATERIALIZED (
                SELECT * FROM json_to_recordset(CAST(? AS json)) AS g(
                    message uuid, sid text, seen text, below text[], source text, at bigint, raw text, bare boolean,
                    status text, ends boolean, poll bigint, round integer)
            ), held AS MATERIALIZED (
                SELECT g.* FROM given g
                CROSS JOIN LATERAL (
                    SELECT 1 FROM tidings_attempt r
                    WHERE r.message = g.message AND r.number = 1 AND r.sid = g.sid AND NOT r.conflict
                      AND r.status = ANY(g.below) OFFSET 0 FOR UPDATE) a
            ), open AS MATERIALIZED (
                SELECT h.*, 1 AS first, m.status AS before, m.attempts, m.counted, m.failure, m.changed_at, m.body FROM held h
                CROSS JOIN LATERAL (
                    SELECT r.* FROM tidings_message r
                    WHERE r.id = h.message AND r.attempts = 1
                      AND (r.status = 'ACCEPTED' OR (r.status = 'SENT' AND h.status <> 'ACCEPTED'))
                    OFFSET 0 FOR UPDATE) m
            ), observed AS (
                INSERT INTO tidings_observation (message, number, status, sid, error_code, cause, source, at, raw, bare)
                SELECT message, 1, seen, sid, 0, NULL, source, at, raw, bare FROM open
            ), moved AS (
                UPDATE tidings_attempt a
                SET status = o.seen, error_code = 0, cause = NULL, changed_at = o.at,
                    poll_at = CASE WHEN o.ends THEN {now} + o.poll ELSE a.poll_at END,
                    poll_round = CASE WHEN o.ends THEN o.round ELSE a.poll_round END
                FROM open o WHERE a.message = o.message AND a.number = o.first
            ), kept AS (
                UPDATE tidings_message m SET status = o.status, failure = NULL, changed_at = o.at
                FROM open o WHERE m.id = o.message AND o.status <> o.before
            ), counted AS (
                INSERT INTO tidings_counter (kind, name, delta)
                SELECT 'status', before, -count(*) FROM open WHERE status <> before GROUP BY before
                UNION ALL
                SELECT 'status', status, count(*) FROM open WHERE status <> before GROUP BY status
            )
            SELECT message, before, attempts, counted, failure, changed_at, body FROM open""";

    private final Database database;

    PostgresAdvance(Database database) {
        this.database = database;
    }

    /** In the caller's transaction. */
    Map<AttemptId, MessageRow> advance(List<Told> told) {
        Map<AttemptId, MessageRow> before = new LinkedHashMap<>();
        database.query(ADVANCE, values -> values.text(json(told, database.cipher())), JdbcHistory::read)
                .forEach(row -> before.put(new AttemptId(row.stored().id(), 1), row));
        return before;
    }

    private static String json(List<Told> told, ColumnCipher cipher) {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode(told.size());
        told.stream()
                .sorted(Comparator.comparing(one -> one.attempt().message()))
                .forEachOrdered(one -> put(rows.addObject(), one, cipher));
        return rows.toString();
    }

    private static void put(ObjectNode json, Told told, ColumnCipher cipher) {
        Observation seen = told.seen();
        json.put("message", told.attempt().message().toString())
                .put("sid", seen.sid())
                .put("seen", seen.status().name())
                .put("source", seen.source().name())
                .put("at", Values.micros(seen.at()))
                .put("raw", JdbcAttempts.raw(told.attempt(), seen, cipher))
                .put("bare", seen.withoutRaw().equals(seen))
                .put("status", told.status().name())
                .put("ends", seen.status().isTerminal());
        Next next = told.next();
        if (next != null) {
            json.put("poll", Values.micros(next.pause())).put("round", next.round());
        }
        ArrayNode below = json.putArray("below");
        for (AttemptStatus status : AttemptStatus.values()) {
            if (status.isProviderFact() && !status.isTerminal() && status.compareTo(seen.status()) < 0) {
                below.add(status.name());
            }
        }
    }
}
