package io.tidings.jdbc;

import io.tidings.message.AccountId;
import io.tidings.outbox.OwnedSender;
import io.tidings.outbox.Ownership;
import io.tidings.outbox.SenderKey;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which node owns which sender: a row for each, by the database's clock. */
final class Leases {
    private static final String MINE = """
            SELECT account, sender, shard FROM tidings_sender WHERE node = ? ORDER BY account, sender, shard FOR UPDATE""";
    private static final String EXTEND = """
            UPDATE tidings_sender SET ends_at = {now} + ? WHERE account = ? AND sender = ? AND shard = ?""";
    private static final String FREE = """
            SELECT k.account, k.sender, k.shard, s.ends_at FROM (%s) k
            LEFT JOIN tidings_sender s ON s.account = k.account AND s.sender = k.sender AND s.shard = k.shard
            WHERE s.account IS NULL OR ((s.node IS NULL OR s.node <> ?) AND s.ends_at <= {now})""";
    private static final String WITH_MESSAGES = "SELECT DISTINCT account, sender, shard FROM tidings_queue";
    /** From one sender to the next through the index, however many messages each has. */
    private static final String WITH_MESSAGES_POSTGRES = """
            WITH RECURSIVE k AS (
                (SELECT account, sender, shard FROM tidings_queue WHERE state = 0
                 ORDER BY account, sender, shard LIMIT 1)
                UNION ALL
                SELECT n.account, n.sender, n.shard FROM k CROSS JOIN LATERAL (
                    SELECT q.account, q.sender, q.shard FROM tidings_queue q
                    WHERE q.state = 0 AND (q.account, q.sender, q.shard) > (k.account, k.sender, k.shard)
                    ORDER BY q.account, q.sender, q.shard LIMIT 1) n
            ) SELECT account, sender, shard FROM k""";

    private static final String TAKE_NEW = """
            INSERT INTO tidings_sender (account, sender, shard, node, ends_at, rested)
            VALUES (?, ?, ?, ?, {now} + ?, NULL)""";
    /** Not waited for: of two nodes that are late each could wait for a row that the other has locked. */
    private static final String ENDED = """
            SELECT shard FROM tidings_sender
            WHERE account = ? AND sender = ? AND shard = ? AND ends_at <= {now} FOR UPDATE SKIP LOCKED""";

    private static final String TAKE = """
            UPDATE tidings_sender SET rested = {now} - ends_at, node = ?, ends_at = {now} + ?
            WHERE account = ? AND sender = ? AND shard = ? AND ends_at <= {now}""";
    private static final String OWNED =
            "SELECT account, sender, shard, rested FROM tidings_sender WHERE node = ? AND ends_at > {now}";
    private static final String OTHERS = """
            SELECT COUNT(*) FROM tidings_sender WHERE node IS NOT NULL AND node <> ? AND ends_at > {now}""";
    private static final String GIVE_BACK = """
            UPDATE tidings_sender SET node = NULL, rested = NULL, ends_at = LEAST(ends_at, {now})
            WHERE account = ? AND sender = ? AND shard = ? AND node = ?""";
    private static final String HOLD = """
            SELECT shard FROM tidings_sender
            WHERE account = ? AND sender = ? AND shard = ? AND node = ? AND ends_at > {now} FOR %s""";
    static final Comparator<SenderKey> ORDER = Comparator.<SenderKey, String>comparing(
                    key -> key.account().value())
            .thenComparing(key -> key.sender().address())
            .thenComparing(SenderKey::shard);

    private final Database database;
    private final Nodes nodes;
    private final String free;
    private final String hold;

    private record Candidate(SenderKey key, @Nullable Long endedAt) {}

    Leases(Database database) {
        this.database = database;
        this.nodes = new Nodes(database);
        boolean postgres = database.dialect() == Dialect.POSTGRESQL;
        this.free = free(database.dialect()) + " ORDER BY k.account, k.sender, k.shard";
        this.hold = HOLD.formatted(postgres ? "SHARE" : "UPDATE");
    }

    /** Senders that have messages and no owner but this node, which is the one parameter, in no order. */
    static String free(Dialect dialect) {
        return FREE.formatted(dialect == Dialect.POSTGRESQL ? WITH_MESSAGES_POSTGRES : WITH_MESSAGES);
    }

    static SenderKey key(Row row) throws SQLException {
        return new SenderKey(new AccountId(row.text()), row.sender(), row.integer());
    }

    private static Values bind(Values values, SenderKey key) throws SQLException {
        return values.text(key.account().value()).text(key.sender().address()).number(key.shard());
    }

    Ownership own(String node, Duration lease) {
        return database.transactions().run(() -> {
            Nodes.Others present = nodes.arrive(node, lease);
            int atWork = present.atWork();
            List<SenderKey> mine = database.query(MINE, values -> values.text(node), Leases::key);
            database.batch(EXTEND, mine, (values, key) -> bind(values.duration(lease), key));
            List<Candidate> candidates = database.query(
                    free, values -> values.text(node), row -> new Candidate(key(row), row.numberOrNull()));
            int others = database.query(OTHERS, values -> values.text(node), Row::integer)
                    .get(0);
            int share = (mine.size() + candidates.size() + others + atWork - 1) / atWork;
            take(candidates, share - mine.size(), node, lease);
            Set<OwnedSender> owned = new HashSet<>(database.query(OWNED, values -> values.text(node), Leases::owned));
            return new Ownership(owned, Math.max(0, owned.size() - share), present.present(), present.newcomers());
        });
    }

    private void take(List<Candidate> candidates, int most, String node, Duration lease) {
        int taken = 0;
        for (Candidate candidate : candidates) {
            if (taken >= most) {
                return;
            }
            taken += take(candidate, node, lease) ? 1 : 0;
        }
    }

    private static OwnedSender owned(Row row) throws SQLException {
        SenderKey key = key(row);
        Long rested = row.numberOrNull();
        return new OwnedSender(key, rested == null ? null : Values.duration(rested));
    }

    /** Whoever comes second changes nothing. */
    private boolean take(Candidate candidate, String node, Duration lease) {
        SenderKey key = candidate.key();
        if (candidate.endedAt() == null) {
            return database.insert(
                    TAKE_NEW, values -> bind(values, key).text(node).duration(lease));
        }
        return database.find(ENDED, values -> bind(values, key), Row::integer).isPresent()
                && database.update(TAKE, values -> bind(values.text(node).duration(lease), key)) == 1;
    }

    /** Gives back everything, and the node is away. */
    void leave(String node) {
        database.transactions().execute(() -> {
            database.transactions().protectHost();
            nodes.leave(node);
            disown(node, database.query(MINE, values -> values.text(node), Leases::key));
        });
    }

    void disown(String node, Collection<SenderKey> senders) {
        database.batch(
                GIVE_BACK,
                senders.stream().sorted(ORDER).toList(),
                (values, key) -> bind(values, key).text(node));
    }

    /** Of these senders those that the node owns, which nobody takes from it before the transaction ends. */
    Set<SenderKey> hold(String node, Collection<SenderKey> keys) {
        Set<SenderKey> held = new HashSet<>();
        keys.stream().distinct().sorted(ORDER).forEachOrdered(key -> {
            if (database.find(hold, values -> bind(values, key).text(node), Row::integer)
                    .isPresent()) {
                held.add(key);
            }
        });
        return held;
    }
}
