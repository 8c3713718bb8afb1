package io.tidings.jdbc;

import java.time.Duration;

/** Which nodes there are: a row for each, renewed with every call. */
final class Nodes {
    /** A node that has not called for this part of its lease is away, and one that has not yet been there so long is new. */
    private static final int PRESENCE = 6;

    /** Which column is set first matters: MariaDB sets one after the other. */
    private static final String RENEW = """
            UPDATE tidings_node SET since = CASE WHEN ends_at > {now} THEN since ELSE {now} END, ends_at = {now} + ?
            WHERE node = ?""";

    private static final String ADD = "INSERT INTO tidings_node (node, since, ends_at) VALUES (?, {now}, {now} + ?)";
    private static final String OTHERS = """
            SELECT COUNT(*), COALESCE(SUM(CASE WHEN since <= {now} - ? THEN 0 ELSE 1 END), 0)
            FROM tidings_node WHERE node <> ? AND ends_at > {now}""";
    private static final String LEAVE = "DELETE FROM tidings_node WHERE node = ?";
    /** Away for a day. */
    private static final String GONE = """
            SELECT node FROM tidings_node WHERE ends_at <= {now} - 86400000000 LIMIT 1000 FOR UPDATE SKIP LOCKED""";

    private final Database database;

    /** Other nodes that are there, and how many of them are too new to count. */
    record Others(int present, int newcomers) {
        /** Among how many the senders are to be spread. */
        int atWork() {
            return 1 + present - newcomers;
        }
    }

    Nodes(Database database) {
        this.database = database;
    }

    /** Notes that a node is there, and returns which others are. */
    Others arrive(String node, Duration lease) {
        Duration presence = presence(lease);
        if (database.update(RENEW, values -> values.duration(presence).text(node)) == 0) {
            database.batch(LEAVE, database.query(GONE, values -> {}, Row::text), Values::text);
            database.insert(ADD, values -> values.text(node).duration(presence));
        }
        return database.query(
                        OTHERS,
                        values -> values.duration(presence).text(node),
                        row -> new Others(row.integer(), row.integer()))
                .get(0);
    }

    /** How long a node counts as there after a call. */
    static Duration presence(Duration lease) {
        return lease.dividedBy(PRESENCE);
    }

    void leave(String node) {
        database.update(LEAVE, values -> values.text(node));
    }
}
