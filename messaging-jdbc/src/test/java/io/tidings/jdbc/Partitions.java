package io.tidings.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Runs the script that makes partitions, as an operator does. */
final class Partitions {
    private Partitions() {}

    /** In a schema on the one server. */
    static void make(String schema) {
        run(schema, Script.resource(Dialect.POSTGRESQL, "partitions.sql"));
    }

    /** Without months to come, which takes a third of the time. */
    static void makeOnlyTheFirst(String schema) {
        String script = Script.resource(Dialect.POSTGRESQL, "partitions.sql");
        run(schema, script.replace("months_ahead CONSTANT integer := 3", "months_ahead CONSTANT integer := 0"));
    }

    private static void run(String schema, String script) {
        try (Connection connection = Databases.postgres().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SET LOCAL search_path TO " + schema);
            statement.execute(script);
            connection.commit();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            throw new IllegalStateException(schema, e);
        }
    }
}
