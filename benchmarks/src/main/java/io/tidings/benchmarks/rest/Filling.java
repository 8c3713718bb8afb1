package io.tidings.benchmarks.rest;

import io.tidings.benchmarks.Database;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Fills the tables of a store by statements of SQL. Their indexes are dropped meanwhile, and made again as they were. */
final class Filling {
    private final Database database;
    private final Plan plan;

    Filling(Database database, Plan plan) {
        this.database = database;
        this.plan = plan;
    }

    void fill() throws SQLException, IOException {
        List<String> indexes = droppedIndexes();
        for (String statement : script().split(";\n", -1)) {
            database.execute(statement);
        }
        for (String index : indexes) {
            database.execute(index);
        }
        database.execute("VACUUM ANALYZE", "CHECKPOINT");
    }

    private String script() throws IOException {
        try (InputStream script = Objects.requireNonNull(Filling.class.getResourceAsStream("fill.sql"))) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("{rows}", Integer.toString(plan.rows()))
                    .replace("{waiting}", Integer.toString(plan.waiting()));
        }
    }

    /** Drops those that no constraint needs, and returns the statements that make them. */
    private List<String> droppedIndexes() throws SQLException {
        List<String> names = new ArrayList<>();
        List<String> made = new ArrayList<>();
        try (Connection connection = database.pool().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        SELECT i.indexname, i.indexdef FROM pg_indexes i
                        WHERE i.schemaname = current_schema() AND NOT EXISTS (
                            SELECT 1 FROM pg_constraint c JOIN pg_namespace s ON s.oid = c.connamespace
                            WHERE s.nspname = i.schemaname AND c.conname = i.indexname)""")) {
            while (rows.next()) {
                names.add(rows.getString(1));
                made.add(rows.getString(2));
            }
        }
        for (String name : names) {
            database.execute("DROP INDEX " + name);
        }
        return made;
    }
}
