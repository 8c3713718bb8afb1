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
    private static final String AT_WORK = """
            SELECT COUNT(*) FROM tidings_node WHERE node <> ? AND ends_at > {now} AND since <= {now} - ?""";
    private static final String LEAVE = "DELETE FROM tidings_node WHERE node = ?";
    /** Away for a day. */
    private static final String GONE = """
            SELECT node FROM tidings_node WHERE ends_at <= {now} - 86400000000 LIMIT 1000 FOR UPDATE SKIP LOCKED""";

    private final Database database;

    Nodes(Database database) {
        this.database = database;
    }

    /** Notes that a node is there, and returns among how many the senders are to be spread. */
    int arrive(String node, Duration lease) {
        Duration presence = lease.dividedBy(PRESENCE);
        if (database.update(RENEW, values -> values.duration(presence).text(node)) == 0) {
            database.batch(LEAVE, database.query(GONE, values -> {}, Row::text), Values::text);
            database.insert(ADD, values -> values.text(node).duration(presence));
        }
        return 1
                + database.query(AT_WORK, values -> values.text(node).duration(presence), Row::integer)
                        .get(0);
    }

    void leave(String node) {
        database.update(LEAVE, values -> values.text(node));
    }
}
