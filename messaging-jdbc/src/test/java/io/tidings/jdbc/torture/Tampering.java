package io.tidings.jdbc.torture;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** What somebody does to the rows of the audit trail who may write them but has no secret. */
enum Tampering {
    /**
     * One bit of one value. Left out: {@code tenant} beside the data, by which erasing finds them and which says nothing of
     * its own.
     */
    FLIP {
        @Override
        String strike(Connection connection, Random random, int records) throws SQLException {
            Cell cell = CELLS.get(random.nextInt(CELLS.size()));
            String where =
                    " WHERE " + cell.key() + " = (SELECT " + (cell.table().endsWith("link") ? "sequence" : "entry")
                            + " FROM tidings_audit_link WHERE sequence = " + at(random, records) + ")";
            try (Statement statement = connection.createStatement();
                    ResultSet found =
                            statement.executeQuery("SELECT " + cell.column() + " FROM " + cell.table() + where)) {
                found.next();
                Object flipped = flipped(found.getObject(1), random);
                try (PreparedStatement update = connection.prepareStatement(
                        "UPDATE " + cell.table() + " SET " + cell.column() + " = ?" + where)) {
                    update.setObject(1, flipped);
                    update.executeUpdate();
                }
            }
            return "a bit of " + cell;
        }
    },

    /** A row of one of the three tables is gone. */
    DELETE {
        @Override
        String strike(Connection connection, Random random, int records) throws SQLException {
            long sequence = at(random, records);
            String entry = " WHERE id = (SELECT entry FROM tidings_audit_link WHERE sequence = " + sequence + ")";
            String sql = List.of(
                            "DELETE FROM tidings_audit_link WHERE sequence = " + sequence,
                            "DELETE FROM tidings_audit" + entry,
                            "DELETE FROM tidings_audit_data" + entry)
                    .get(random.nextInt(3));
            run(connection, sql);
            return sql;
        }
    },

    /** A record comes again at another place, and those behind it get the next numbers. */
    INSERT {
        @Override
        String strike(Connection connection, Random random, int records) throws SQLException {
            long place = at(random, records);
            long copied = at(random, records);
            run(
                    connection,
                    "CREATE TEMPORARY TABLE copied ON COMMIT DROP AS SELECT * FROM tidings_audit_link WHERE sequence = "
                            + copied,
                    "UPDATE tidings_audit_link SET sequence = -sequence - 1 WHERE sequence >= " + place,
                    "UPDATE tidings_audit_link SET sequence = -sequence WHERE sequence < 0",
                    "UPDATE copied SET sequence = " + place,
                    "INSERT INTO tidings_audit_link SELECT * FROM copied",
                    "UPDATE tidings_audit_head SET sequence = sequence + 1, in_segment = in_segment + 1");
            return "record " + copied + " again at " + place;
        }
    },

    /** Two records change places. */
    REORDER {
        @Override
        String strike(Connection connection, Random random, int records) throws SQLException {
            long one = at(random, records - 1);
            run(
                    connection,
                    "UPDATE tidings_audit_link SET sequence = -sequence WHERE sequence IN (" + one + ", " + (one + 1)
                            + ")",
                    "UPDATE tidings_audit_link SET sequence = 2 * " + one + " + 1 + sequence WHERE sequence < 0");
            return "records " + one + " and " + (one + 1) + " changed places";
        }
    },

    /** The end is gone, and the head says so consistently: only a checkpoint knows better. */
    TRUNCATE {
        @Override
        String strike(Connection connection, Random random, int records) throws SQLException {
            long last = at(random, records - 1);
            run(
                    connection,
                    "DELETE FROM tidings_audit_link WHERE sequence > " + last,
                    "UPDATE tidings_audit_head h SET sequence = l.sequence, hash = l.hash, in_segment = l.sequence"
                            + " FROM tidings_audit_link l WHERE l.sequence = " + last,
                    "DELETE FROM tidings_audit_data WHERE id NOT IN (SELECT entry FROM tidings_audit_link)",
                    "DELETE FROM tidings_audit WHERE id NOT IN (SELECT entry FROM tidings_audit_link)");
            return "nothing behind " + last;
        }
    };

    private static final List<Cell> CELLS = List.of(
            new Cell("tidings_audit", "id", "id"),
            new Cell("tidings_audit", "at", "id"),
            new Cell("tidings_audit", "tenant", "id"),
            new Cell("tidings_audit", "actor_kind", "id"),
            new Cell("tidings_audit", "actor", "id"),
            new Cell("tidings_audit", "action", "id"),
            new Cell("tidings_audit", "message", "id"),
            new Cell("tidings_audit", "node", "id"),
            new Cell("tidings_audit", "environment", "id"),
            new Cell("tidings_audit", "commitment", "id"),
            new Cell("tidings_audit_data", "id", "id"),
            new Cell("tidings_audit_data", "person", "id"),
            new Cell("tidings_audit_data", "salt", "id"),
            new Cell("tidings_audit_data", "reason", "id"),
            new Cell("tidings_audit_data", "details", "id"),
            new Cell("tidings_audit_link", "chain", "sequence"),
            new Cell("tidings_audit_link", "sequence", "sequence"),
            new Cell("tidings_audit_link", "segment", "sequence"),
            new Cell("tidings_audit_link", "key_id", "sequence"),
            new Cell("tidings_audit_link", "hash", "sequence"),
            new Cell("tidings_audit_link", "at", "sequence"),
            new Cell("tidings_audit_link", "entry", "sequence"),
            new Cell("tidings_audit_link", "closed", "sequence"));

    private record Cell(String table, String column, String key) {}

    /** Does it in the connection's transaction, and tells what. */
    abstract String strike(Connection connection, Random random, int records) throws SQLException;

    private static long at(Random random, int records) {
        return 1L + random.nextInt(records);
    }

    private static void run(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static Object flipped(Object value, Random random) {
        if (value instanceof Long number) {
            // Above the numbers that are there, so that no key is taken twice.
            return number ^ (1L << random.nextInt(20, 40));
        }
        if (value instanceof UUID id) {
            return new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits() ^ (1L << random.nextInt(64)));
        }
        char[] text = ((String) value).toCharArray();
        int at = random.nextInt(text.length);
        // Not to NUL, which no database takes.
        do {
            text[at] = (char) (((String) value).charAt(at) ^ (1 << random.nextInt(7)));
        } while (text[at] == 0);
        return new String(text);
    }
}
