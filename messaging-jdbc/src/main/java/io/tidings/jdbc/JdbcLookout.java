package io.tidings.jdbc;

import io.tidings.event.EventKind;
import io.tidings.outbox.Lookout;
import java.sql.SQLException;
import java.util.List;

/**
 * One statement that asks every table in which something may be due, each by the index by which its own store finds it.
 * What is renewed is updated under that very condition, so it needs no statement more.
 */
final class JdbcLookout implements Lookout {
    /** Later than any time, for tables in which nothing waits. */
    private static final String NEVER = "9223372036854775807";

    /** The first due message of a tenant in a lane is a step along the index, however many wait. */
    private static final String MINE_POSTGRES = """
            WITH RECURSIVE w AS (
                SELECT m.account, m.sender, m.shard, f.lane, f.tenant, f.not_before
                FROM tidings_sender m CROSS JOIN LATERAL (
                    SELECT q.lane, q.tenant, q.not_before FROM tidings_queue q
                    WHERE q.account = m.account AND q.sender = m.sender AND q.shard = m.shard AND q.state = 0
                    ORDER BY q.account, q.sender, q.shard, q.lane, q.tenant, q.not_before LIMIT 1) f
                WHERE m.node = ?
                UNION ALL
                SELECT w.account, w.sender, w.shard, n.lane, n.tenant, n.not_before FROM w CROSS JOIN LATERAL (
                    SELECT q.lane, q.tenant, q.not_before FROM tidings_queue q
                    WHERE q.account = w.account AND q.sender = w.sender AND q.shard = w.shard AND q.state = 0
                      AND (q.lane, q.tenant) > (w.lane, w.tenant)
                    ORDER BY q.account, q.sender, q.shard, q.lane, q.tenant, q.not_before LIMIT 1) n
            ) SELECT 1 FROM w WHERE w.not_before <= {now} + ?""";

    private static final String MINE = """
            SELECT 1 FROM tidings_sender m
            JOIN tidings_queue q ON q.account = m.account AND q.sender = m.sender AND q.shard = m.shard
            WHERE m.node = ? AND q.state = 0 AND q.not_before <= {now} + ?""";

    private static final String CALM = """
            COALESCE((SELECT MIN(due_at) FROM tidings_doubt), {never}) > {now} + ?
            AND COALESCE((SELECT MIN(poll_at) FROM tidings_attempt
                WHERE poll_at IS NOT NULL AND sid IS NOT NULL), {never}) > {now} + ?
            AND COALESCE((SELECT MIN(next_at) FROM tidings_recurring WHERE state = 'ACTIVE'), {never}) > {now} + ?
            AND NOT EXISTS (SELECT 1 FROM tidings_inbound
                WHERE state = 'RECEIVED' AND due_at <= {now} + ? AND held_until <= {now} + ?)
            AND NOT EXISTS (SELECT 1 FROM tidings_inbound
                WHERE state = 'CHECKED' AND due_at <= {now} + ? AND held_until <= {now} + ?)
            AND NOT EXISTS (SELECT 1 FROM tidings_audit_unsealed)
            AND (SELECT COUNT(*) FROM tidings_node o WHERE o.node <> ? AND o.ends_at > {now}) = ?
            AND NOT EXISTS (SELECT 1 FROM tidings_queue q WHERE {orphan})
            AND NOT EXISTS ({mine})
            AND NOT EXISTS ({free})""";
    private static final String EVENTS = """
            AND NOT EXISTS (SELECT 1 FROM tidings_event
                WHERE state = 0 AND due_at <= {now} + ? AND kind IN ({marks}))""";
    private static final String DELIVERIES = """
            AND NOT EXISTS (SELECT 1 FROM tidings_delivery d
                WHERE d.state = 0 AND d.due_at <= {now} + ? AND d.endpoint IN ({marks}) AND NOT EXISTS (
                    SELECT 1 FROM tidings_endpoint e WHERE e.name = d.endpoint AND e.disabled IS NOT NULL))""";

    private static final String OF_NODE = " SET ends_at = {now} + ? WHERE node = ? AND ends_at > {now}";

    private final Database database;
    private final String calm;
    /** Whether an update may ask its own table. */
    private final boolean together;

    JdbcLookout(Database database) {
        this.database = database;
        Dialect dialect = database.dialect();
        this.together = dialect != Dialect.MARIADB;
        this.calm = CALM.replace("{never}", NEVER)
                .replace("{orphan}", JdbcWorkQueue.IS_ORPHAN)
                .replace("{mine}", dialect == Dialect.POSTGRESQL ? MINE_POSTGRES : MINE)
                .replace("{free}", Leases.free(dialect));
    }

    @Override
    public boolean isCalm(Watch watch, Renewal renewal) {
        if (renewal == Renewal.NOTHING) {
            return isCalm(watch);
        }
        String update = "UPDATE " + table(renewal) + OF_NODE;
        if (together) {
            return database.update(update + " AND " + calm(watch.told()), values -> {
                        renew(values, watch, renewal);
                        bind(values, watch);
                    })
                    > 0;
        }
        return isCalm(watch) && database.update(update, values -> renew(values, watch, renewal)) > 0;
    }

    private boolean isCalm(Watch watch) {
        return database.query(
                        "SELECT CASE WHEN " + calm(watch.told()) + " THEN 1 ELSE 0 END",
                        values -> bind(values, watch),
                        Row::integer)
                .equals(List.of(1));
    }

    private static String table(Renewal renewal) {
        return switch (renewal) {
            case PRESENCE -> "tidings_node";
            case SENDERS -> "tidings_sender";
            case SLOTS -> "tidings_slot";
            case NOTHING -> throw new IllegalArgumentException("nothing is in no table");
        };
    }

    private static void renew(Values values, Watch watch, Renewal renewal) throws SQLException {
        values.duration(renewal == Renewal.PRESENCE ? Nodes.presence(watch.lease()) : watch.lease())
                .text(watch.node());
    }

    private String calm(Told told) {
        return calm
                + (told.kinds().isEmpty() ? "" : marked(EVENTS, told.kinds().size()))
                + (told.endpoints().isEmpty()
                        ? ""
                        : marked(DELIVERIES, told.endpoints().size()));
    }

    private static String marked(String condition, int count) {
        return "\n" + condition.replace("{marks}", Database.marks(count));
    }

    private static void bind(Values values, Watch watch) throws SQLException {
        for (int i = 0; i < 7; i++) {
            values.duration(watch.ahead());
        }
        values.text(watch.node()).number(watch.others());
        values.text(watch.node()).duration(watch.ahead()).text(watch.node());
        if (!watch.told().kinds().isEmpty()) {
            values.duration(watch.ahead());
            for (EventKind kind : watch.told().kinds()) {
                values.text(kind.name());
            }
        }
        if (!watch.told().endpoints().isEmpty()) {
            values.duration(watch.ahead());
            for (String endpoint : watch.told().endpoints()) {
                values.text(endpoint);
            }
        }
    }
}
