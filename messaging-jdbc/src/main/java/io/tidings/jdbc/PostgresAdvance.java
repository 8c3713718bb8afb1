package io.tidings.jdbc;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidings.history.MessageRow;
import io.tidings.history.Observation;
import io.tidings.message.AttemptId;
import io.tidings.message.AttemptStatus;
import io.tidings.outbox.Handover.Advanced;
import io.tidings.outbox.Handover.Next;
import io.tidings.outbox.Handover.Told;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lets attempts get further, and their messages with them, with one statement. */
final class PostgresAdvance {
    /**
     * Attempts first, then messages: whoever else locks both does it so. What somebody holds is left out, so that one report
     * never waits for what concerns another. An attempt that got further brings its message along; the others only get
     * one more observation. The limit tells the planner how many are given, which it takes for a hundred otherwise: for so many
     * it reads a table of some thousand rows as a whole. The limits behind keep it from expecting as many again for each partition.
     */
    private static final String ADVANCE = """
            WITH given AS MATERIALIZED (
                SELECT * FROM json_to_recordset(CAST(? AS json)) AS g(
                    message uuid, sid text, seen text, below text[], above text[], source text, at bigint, raw text,
                    bare boolean, status text, ends boolean, poll bigint, round integer)
                LIMIT ?
            ), held AS MATERIALIZED (
                SELECT g.*, a.status = ANY(g.below) AS furthers FROM given g
                CROSS JOIN LATERAL (
                    SELECT r.status FROM tidings_attempt r
                    WHERE r.message = g.message AND r.number = 1 AND r.sid = g.sid AND NOT r.conflict
                      AND (r.status = ANY(g.below) OR (r.status = ANY(g.above) AND r.changed_at <= g.at))
                    OFFSET 0 FOR UPDATE SKIP LOCKED) a
                LIMIT (SELECT 1000000)
            ), open AS MATERIALIZED (
                SELECT h.*, 1 AS first, m.status AS before, m.attempts, m.counted, m.failure, m.changed_at, m.body FROM held h
                CROSS JOIN LATERAL (
                    SELECT r.* FROM tidings_message r
                    WHERE h.furthers AND r.id = h.message AND r.attempts = 1
                      AND (r.status = 'ACCEPTED' OR (r.status = 'SENT' AND h.status <> 'ACCEPTED'))
                    OFFSET 0 FOR UPDATE SKIP LOCKED) m
                LIMIT (SELECT 1000000)
            ), known AS MATERIALIZED (
                SELECT * FROM held WHERE NOT furthers
            ), observed AS (
                INSERT INTO tidings_observation (message, number, status, sid, error_code, cause, source, at, raw, bare)
                SELECT message, 1, seen, sid, 0, NULL, source, at, raw, bare FROM open
                UNION ALL
                SELECT message, 1, seen, sid, 0, NULL, source, at, raw, bare FROM known
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
            SELECT message, TRUE, message, before, attempts, counted, failure, changed_at, body FROM open
            UNION ALL
            SELECT message, FALSE, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM known""";

    private final Database database;

    PostgresAdvance(Database database) {
        this.database = database;
    }

    /** In the caller's transaction. */
    Advanced advance(List<Told> told) {
        Map<AttemptId, MessageRow> moved = new HashMap<>();
        Set<AttemptId> known = new HashSet<>();
        database.query(
                ADVANCE, values -> values.text(json(told, database.cipher())).number(told.size()), row -> {
                    AttemptId attempt = new AttemptId(row.id(), 1);
                    return row.flag() ? moved.put(attempt, JdbcHistory.read(row)) == null : known.add(attempt);
                });
        return new Advanced(moved, known);
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
        ArrayNode above = json.putArray("above");
        for (AttemptStatus status : AttemptStatus.values()) {
            if (status.compareTo(seen.status()) >= 0) {
                above.add(status.name());
            } else if (status.isProviderFact() && !status.isTerminal()) {
                below.add(status.name());
            }
        }
    }
}
