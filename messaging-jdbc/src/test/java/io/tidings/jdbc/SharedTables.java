package io.tidings.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** Tables that are made once for a class of tests, and emptied before each: to make them takes longer than most tests. */
final class SharedTables {
    private static final String HISTORY = "schema_history";
    /** What a test left running must not hold up the next one unseen. */
    private static final int SECONDS = 10;

    private final DataSource pool;
    private final JdbcStores stores;
    private final String nonEmpty;

    /** In this schema, in which there is nothing yet. */
    SharedTables(DataSource pool, String schema, UnaryOperator<JdbcStores> settings) {
        this.pool = pool;
        this.stores = settings.apply(JdbcStores.on(pool));
        stores.database();
        this.nonEmpty = names(pool, schema).stream()
                .map(table -> "SELECT '" + table + "' WHERE EXISTS (SELECT 1 FROM " + table + ")")
                .collect(Collectors.joining(" UNION ALL "));
    }

    /** As if they had just been made. */
    Database emptied() {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(SECONDS);
            for (String table : texts(statement.executeQuery(nonEmpty))) {
                statement.execute("TRUNCATE TABLE " + table + " RESTART IDENTITY");
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the tables could not be emptied", e);
        }
        return stores.database();
    }

    private static List<String> names(DataSource pool, String schema) {
        try (Connection connection = pool.getConnection();
                ResultSet found = connection
                        .getMetaData()
                        .getTables(null, schema, "%", new String[] {"TABLE", "PARTITIONED TABLE", "BASE TABLE"})) {
            List<String> names = new ArrayList<>();
            while (found.next()) {
                String name = found.getString("TABLE_NAME");
                if (!name.toLowerCase(Locale.ROOT).endsWith(HISTORY)) {
                    names.add('"' + schema + "\".\"" + name + '"');
                }
            }
            return names;
        } catch (SQLException e) {
            throw new IllegalStateException(schema, e);
        }
    }

    private static List<String> texts(ResultSet rows) throws SQLException {
        List<String> texts = new ArrayList<>();
        while (rows.next()) {
            texts.add(rows.getString(1));
        }
        return texts;
    }
}
