package io.tidings.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Runs the script that makes partitions, as an operator does. */
final class Partitions {
    private Partitions() {}

    /** In a schema on the one server. */
    static void make(String schema) {
        try (Connection connection = Databases.postgres().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SET LOCAL search_path TO " + schema);
            statement.execute(Script.resource(Dialect.POSTGRESQL, "partitions.sql"));
            connection.commit();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            throw new IllegalStateException(schema, e);
        }
    }
}
