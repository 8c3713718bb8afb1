package io.tidings.jdbc;

import java.time.Duration;

/** The parts that nodes have of slots: a row for each, under the lock of the name's row without a node. */
final class SlotRows {
    private static final String NO_NODE = "";
    private static final int MOST_ROUNDS = 10;
    private static final String LOCK = "SELECT slots FROM tidings_slot WHERE name = ? AND node = ? FOR UPDATE";
    private static final String OTHERS = """
            SELECT COUNT(*), COALESCE(SUM(slots), 0) FROM tidings_slot
            WHERE name = ? AND node <> ? AND node <> '' AND ends_at > {now}""";
    private static final String DROP = """
            DELETE FROM tidings_slot WHERE name = ? AND node <> '' AND (node = ? OR ends_at <= {now})""";
    private static final String KEEP = """
            INSERT INTO tidings_slot (name, node, slots, ends_at) VALUES (?, ?, ?, {now} + ?)""";

    private final Database database;

    /** What the other nodes have together. */
    private record Others(int nodes, int slots) {
        int left(int ceiling) {
            int left = ceiling - slots;
            if (left > 0) {
                return left;
            }
            return nodes + 1 > ceiling ? 1 : 0;
        }

        int fair(int ceiling) {
            return (ceiling + nodes) / (nodes + 1);
        }
    }

    SlotRows(Database database) {
        this.database = database;
    }

    /** As {@link io.tidings.throttle.LimitStore#slots} has it. */
    int renew(String name, int ceiling, String node, int inUse, Duration lease) {
        return database.transactions().run(() -> {
            lock(name);
            Others others = database.query(
                            OTHERS,
                            values -> values.text(name).text(node),
                            row -> new Others(row.integer(), row.integer()))
                    .get(0);
            database.update(DROP, values -> values.text(name).text(node));
            if (lease.isZero()) {
                return 0;
            }
            int left = others.left(ceiling);
            int fair = others.fair(ceiling);
            int kept = Math.min(left, Math.max(fair, inUse));
            database.update(
                    KEEP, values -> values.text(name).text(node).number(kept).duration(lease));
            return Math.min(left, fair);
        });
    }

    private void lock(String name) {
        for (int round = 0; round < MOST_ROUNDS; round++) {
            if (database.find(LOCK, values -> values.text(name).text(NO_NODE), Row::integer)
                    .isPresent()) {
                return;
            }
            database.ensure(
                    KEEP,
                    "name",
                    values -> values.text(name).text(NO_NODE).number(0).number(0));
        }
        throw new IllegalStateException("the row of the slots goes as fast as it is made");
    }
}
