package io.tidings.jdbc;

import io.tidings.jdbc.QueueRows.Raw;
import io.tidings.message.Category;
import io.tidings.message.TenantId;
import io.tidings.outbox.SenderKey;
import io.tidings.outbox.Skip;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds due messages with one statement that only walks along the index, whatever statistics the planner has. */
final class PostgresDue extends Due {
    /** A tenant gives at least so many before the others had their turn, where many tenants share a lane. */
    private static final int LEAST = 8;

    private static final String FIND = """
            WITH RECURSIVE waits AS (
                (SELECT q.lane, q.tenant FROM tidings_queue q
                 WHERE q.account = ? AND q.sender = ? AND q.shard = ? AND q.state = 0
                 ORDER BY q.account, q.sender, q.shard, q.lane, q.tenant LIMIT 1)
                UNION ALL
                SELECT n.lane, n.tenant FROM waits w CROSS JOIN LATERAL (
                    SELECT q.lane, q.tenant FROM tidings_queue q
                    WHERE q.account = ? AND q.sender = ? AND q.shard = ? AND q.state = 0
                      AND (q.lane, q.tenant) > (w.lane, w.tenant)
                    ORDER BY q.account, q.sender, q.shard, q.lane, q.tenant LIMIT 1) n
            ), shares AS (
                SELECT lane, tenant, GREATEST(?, 2 * ? / count(*) OVER (PARTITION BY lane)) AS share
                FROM waits WHERE lane <> ALL(?) AND tenant <> ALL(?)
            ), picked AS (
                SELECT s.lane, s.tenant, p.id, p.turn, p.turn >= s.share AS cut
                FROM shares s CROSS JOIN LATERAL (
                    SELECT f.id, row_number() OVER (ORDER BY f.not_before, f.id) AS turn FROM (
                        SELECT q.id, q.not_before FROM tidings_queue q
                        WHERE q.account = ? AND q.sender = ? AND q.shard = ? AND q.state = 0
                          AND q.lane = s.lane AND q.tenant = s.tenant AND q.not_before <= {now}
                          AND %s
                        ORDER BY q.not_before, q.id LIMIT {most}) f
                    ORDER BY f.not_before, f.id LIMIT LEAST(?, s.share)) p
            ), chosen AS MATERIALIZED (
                SELECT id, lane, cut, row_number() OVER (ORDER BY lane, turn,
                    CASE WHEN tenant > (CAST(? AS text[]))[lane + 1] THEN 0 ELSE 1 END, tenant) AS place
                FROM picked ORDER BY place LIMIT ?
            )
            SELECT %s, c.lane, c.cut FROM chosen c
            CROSS JOIN LATERAL (SELECT * FROM tidings_queue r WHERE r.id = c.id OFFSET 0) q ORDER BY c.place""".formatted(IS_FIRST, QueueRows.COLUMNS);

    private static final String NEXT = """
            WITH RECURSIVE waits AS (
                SELECT k.account, k.sender, k.shard, f.lane, f.tenant
                FROM unnest(CAST(? AS text[]), CAST(? AS text[]), CAST(? AS integer[])) AS k(account, sender, shard)
                CROSS JOIN LATERAL (
                    SELECT q.lane, q.tenant FROM tidings_queue q
                    WHERE q.account = k.account AND q.sender = k.sender AND q.shard = k.shard AND q.state = 0
                    ORDER BY q.account, q.sender, q.shard, q.lane, q.tenant LIMIT 1) f
                UNION ALL
                SELECT w.account, w.sender, w.shard, n.lane, n.tenant FROM waits w CROSS JOIN LATERAL (
                    SELECT q.lane, q.tenant FROM tidings_queue q
                    WHERE q.account = w.account AND q.sender = w.sender AND q.shard = w.shard AND q.state = 0
                      AND (q.lane, q.tenant) > (w.lane, w.tenant)
                    ORDER BY q.account, q.sender, q.shard, q.lane, q.tenant LIMIT 1) n
            )
            SELECT MIN(n.not_before) - {now} FROM waits w CROSS JOIN LATERAL (
                SELECT q.not_before FROM tidings_queue q
                WHERE q.account = w.account AND q.sender = w.sender AND q.shard = w.shard AND q.state = 0
                  AND q.lane = w.lane AND q.tenant = w.tenant AND q.not_before > {now}
                ORDER BY q.account, q.sender, q.shard, q.lane, q.tenant, q.not_before LIMIT 1) n""";

    private final Database database;

    private record Found(Raw raw, int lane, boolean cut) {}

    PostgresDue(Database database) {
        this.database = database;
    }

    @Override
    List<Raw> find(SenderKey sender, int limit, Skip skip, Turns turns) {
        List<Found> found = query(sender, limit, Math.min(LEAST, limit), skip, turns);
        if (found.size() < limit && found.stream().anyMatch(Found::cut)) {
            found = query(sender, limit, limit, skip, turns);
        }
        Set<Integer> lanes = new HashSet<>();
        List<Raw> rows = new ArrayList<>(found.size());
        for (Found one : found) {
            if (lanes.add(one.lane())) {
                turns.served(one.lane(), one.raw().tenant());
            }
            rows.add(one.raw());
        }
        return rows;
    }

    /**
     * At least the limit, and one of few, since each is a statement of its own. In words, because of a limit that it does
     * not know PostgreSQL expects a tenth of all that wait: with some ten thousand it would compile the statement each time.
     */
    private static int most(int limit) {
        return Integer.highestOneBit(Math.max(64, limit) - 1) << 1;
    }

    private List<Found> query(SenderKey sender, int limit, int least, Skip skip, Turns turns) {
        return database.query(
                FIND.replace("{most}", Integer.toString(most(limit))),
                values -> {
                    bind(bind(values, sender), sender)
                            .number(least)
                            .number(limit)
                            .array(database.array("int4", skip.categories(), Category::lane))
                            .array(database.array("text", skip.tenants(), TenantId::value));
                    bind(values, sender).number(limit).array(database.array("text", lanes(), turns::last));
                    values.number(limit);
                },
                row -> new Found(Raw.of(row), row.integer(), row.flag()));
    }

    private static List<Integer> lanes() {
        List<Integer> lanes = new ArrayList<>(LANES);
        for (int lane = 0; lane < LANES; lane++) {
            lanes.add(lane);
        }
        return lanes;
    }

    private static Values bind(Values values, SenderKey sender) throws SQLException {
        return values.text(sender.account().value())
                .text(sender.sender().address())
                .number(sender.shard());
    }

    @Override
    Optional<Duration> nextDue(Set<SenderKey> senders) {
        List<SenderKey> keys = List.copyOf(senders);
        return database.query(
                        NEXT,
                        values -> values.array(database.array(
                                        "text", keys, key -> key.account().value()))
                                .array(database.array(
                                        "text", keys, key -> key.sender().address()))
                                .array(database.array("int4", keys, SenderKey::shard)),
                        row -> Optional.ofNullable(row.numberOrNull()))
                .get(0)
                .map(Values::duration);
    }
}
