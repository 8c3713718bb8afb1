package io.tidings.jdbc;

import io.tidings.message.MessageId;
import io.tidings.outbox.QueueRow;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Marks messages as being sent with one statement. */
final class PostgresBegin {
    /** For fewer, one statement each, planned once and for all, is as fast. */
    static final int WORTH_A_PLAN = 8;

    /** Rows are locked in the order in which they are given, before any is changed. */
    private static final String BEGIN = """
            WITH held AS MATERIALIZED (
                SELECT g.id FROM unnest(CAST(? AS uuid[]), CAST(? AS integer[]), CAST(? AS bigint[]))
                    AS g(id, attempts, due)
                CROSS JOIN LATERAL (
                    SELECT 1 FROM tidings_queue r
                    WHERE r.id = g.id AND (r.state = 0 AND r.attempts = g.attempts AND r.not_before = g.due) IS TRUE
                    OFFSET 0 FOR UPDATE) q
            )
            UPDATE tidings_queue q SET state = 1, attempts = attempts + 1, begun_by = ?
            FROM held h WHERE q.id = h.id RETURNING q.id""";

    private final Database database;

    PostgresBegin(Database database) {
        this.database = database;
    }

    /** Of these those that are still as they were read, and are being sent now. In the caller's transaction. */
    Set<MessageId> begin(String node, List<QueueRow> inOrder) {
        database.update(PostgresHandover.PLAN_EACH_TIME, values -> {});
        return new HashSet<>(database.query(
                BEGIN,
                values -> {
                    new Columns<>(database, values, inOrder)
                            .uuids(row -> row.stored().id().value())
                            .integers(row -> row.tries().attempts())
                            .numbers(row -> Values.micros(row.notBefore()));
                    values.text(node);
                },
                Row::id));
    }
}
