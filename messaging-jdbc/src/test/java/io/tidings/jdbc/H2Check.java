package io.tidings.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/** Reads every row of our tables in H2 on every way that leads to it. */
final class H2Check {
    private static final String INDEXES = """
            SELECT i.TABLE_NAME, i.INDEX_NAME, i.COLUMN_NAME, c.DATA_TYPE
            FROM INFORMATION_SCHEMA.INDEX_COLUMNS i
            JOIN INFORMATION_SCHEMA.COLUMNS c USING (TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME)
            WHERE i.ORDINAL_POSITION = 1 AND i.TABLE_NAME LIKE 'TIDINGS_%'""";

    private final DataSource pool;

    private record Index(String table, String name, String column, String type) {
        /** Through this index, or through none. */
        String rows(String way) {
            return "SELECT * FROM " + table + " USE INDEX (" + way + ") WHERE " + column + " >= " + least();
        }

        private String least() {
            return switch (type) {
                case "CHARACTER VARYING" -> "''";
                case "UUID" -> "UUID '00000000-0000-0000-0000-000000000000'";
                case "BOOLEAN" -> "FALSE";
                default -> "-1";
            };
        }
    }

    H2Check(DataSource pool) {
        this.pool = pool;
    }

    /** Ways on which other rows are found than on others, or none can be read. */
    List<String> faults() throws SQLException {
        List<String> faults = new ArrayList<>();
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET LOCK_TIMEOUT 300");
            for (Index index : indexes(statement)) {
                requireUse(statement, index);
                String direct = count(statement, index.rows(""));
                String found = count(statement, index.rows(index.name()));
                if (!direct.equals(found)) {
                    faults.add(index.name() + " finds " + found + " of " + direct);
                }
            }
        }
        return faults;
    }

    private static List<Index> indexes(Statement statement) throws SQLException {
        List<Index> indexes = new ArrayList<>();
        try (ResultSet found = statement.executeQuery(INDEXES)) {
            while (found.next()) {
                indexes.add(new Index(found.getString(1), found.getString(2), found.getString(3), found.getString(4)));
            }
        }
        if (indexes.size() < 30) {
            throw new IllegalStateException("our tables have more indexes than these: " + indexes);
        }
        return indexes;
    }

    private static void requireUse(Statement statement, Index index) throws SQLException {
        try (ResultSet plan = statement.executeQuery("EXPLAIN " + index.rows(index.name()))) {
            plan.next();
            if (!plan.getString(1).toUpperCase(Locale.ROOT).contains("PUBLIC." + index.name())) {
                throw new IllegalStateException(index + " is not used: " + plan.getString(1));
            }
        }
    }

    private static String count(Statement statement, String sql) {
        try (ResultSet rows = statement.executeQuery(sql)) {
            int count = 0;
            while (rows.next()) {
                count++;
            }
            return count + " rows";
        } catch (SQLException e) {
            return "error " + e.getErrorCode();
        }
    }

    Set<UUID> ids(String table) throws SQLException {
        Set<UUID> ids = new HashSet<>();
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id FROM " + table)) {
            while (rows.next()) {
                ids.add(rows.getObject(1, UUID.class));
            }
        }
        return ids;
    }
}
