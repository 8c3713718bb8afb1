package io.tidings.jdbc.torture;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Every row of every table of ours, as a dump of the database has it. */
final class Dump {
    private static final String TABLES = "SELECT tablename FROM pg_tables WHERE tablename LIKE 'tidings\\_%'";

    private Dump() {}

    static List<String> of(HikariDataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            List<String> rows = new ArrayList<>();
            for (String table : texts(statement, TABLES)) {
                rows.addAll(texts(statement, "SELECT t::text FROM " + table + " t"));
            }
            return rows;
        }
    }

    private static List<String> texts(Statement statement, String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (ResultSet found = statement.executeQuery(sql)) {
            while (found.next()) {
                texts.add(found.getString(1));
            }
        }
        return texts;
    }
}
