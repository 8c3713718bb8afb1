package io.tidings.spring.torture;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A database of a server of PostgreSQL, looked at beside the application's pool.
 *
 * @param url for JDBC, as the user {@code postgres}
 */
record Database(String url) {

    /** The rows that a query gives, their columns as text. */
    List<List<String>> rows(String query) {
        try (Connection connection = DriverManager.getConnection(url, "postgres", "");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            int columns = rows.getMetaData().getColumnCount();
            List<List<String>> all = new ArrayList<>();
            while (rows.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= columns; column++) {
                    row.add(rows.getString(column));
                }
                all.add(row);
            }
            return all;
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }

    /** The first column of the rows that a query gives. */
    List<String> column(String query) {
        return rows(query).stream().map(row -> row.get(0)).toList();
    }

    void execute(String sql) {
        try (Connection connection = DriverManager.getConnection(url, "postgres", "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Whether every message that was stored is delivered, and there are so many. */
    boolean hasDelivered(int messages) {
        return column("SELECT COUNT(*) FROM tidings_queue").equals(List.of("0"))
                && rows("SELECT status, COUNT(*) FROM tidings_message GROUP BY status")
                        .equals(List.of(List.of("DELIVERED", Integer.toString(messages))));
    }

    /** How the messages stand, for whoever reads that something went wrong. */
    String told() {
        return "queue " + rows("SELECT state, COUNT(*) FROM tidings_queue GROUP BY state") + ", messages "
                + rows("SELECT status, COUNT(*) FROM tidings_message GROUP BY status") + ", attempts "
                + rows("SELECT status, cause, COUNT(*) FROM tidings_attempt GROUP BY status, cause");
    }
}
