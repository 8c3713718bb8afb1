package io.tidings.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

/** Every row of every table of ours, with all columns, as a dump of the database has them: by table. */
final class TableDump {
    private TableDump() {}

    static Map<String, List<String>> of(DataSource pool) throws SQLException {
        Map<String, List<String>> dump = new TreeMap<>();
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : tables(connection)) {
                try (ResultSet found = statement.executeQuery("SELECT * FROM " + table)) {
                    dump.put(table, rows(found));
                }
            }
        }
        return dump;
    }

    private static List<String> tables(Connection connection) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (ResultSet found = connection
                .getMetaData()
                .getTables(
                        connection.getCatalog(), connection.getSchema(), null, new String[] {"TABLE", "BASE TABLE"})) {
            while (found.next()) {
                tables.add(found.getString("TABLE_NAME").toLowerCase(Locale.ROOT));
            }
        }
        return tables;
    }

    private static List<String> rows(ResultSet found) throws SQLException {
        List<String> rows = new ArrayList<>();
        while (found.next()) {
            StringBuilder row = new StringBuilder();
            for (int column = 1; column <= found.getMetaData().getColumnCount(); column++) {
                row.append(found.getString(column)).append('|');
            }
            rows.add(row.toString());
        }
        return rows;
    }
}
