package io.tidings.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Runs the script that makes partitions, as an operator does. */
final class Partitions {
    private static final String MONTHS = "months_ahead CONSTANT integer := 3";
    private static final String NOW = "date_trunc('month', now() AT TIME ZONE 'UTC')";

    private Partitions() {}

    /** In a schema on the one server. */
    static void make(String schema) {
        run(schema, Script.resource(Dialect.POSTGRESQL, "partitions.sql"));
    }

    /** With so many months to come. */
    static void make(String schema, int months) {
        run(schema, with(MONTHS, "months_ahead CONSTANT integer := " + months));
    }

    /** As if it had last been run years ago: what is new now lies elsewhere than what was before, in two partitions in all. */
    static void makeLongAgo(String schema) {
        run(schema, with(MONTHS, "months_ahead CONSTANT integer := 0").replace(NOW, NOW + " - interval '2 years'"));
    }

    private static String with(String line, String other) {
        String script = Script.resource(Dialect.POSTGRESQL, "partitions.sql");
        if (!script.contains(line) || !script.contains(NOW)) {
            throw new IllegalStateException("the script has other words than this test");
        }
        return script.replace(line, other);
    }

    private static void run(String schema, String script) {
        try (Connection connection = Databases.postgres().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET search_path TO " + schema);
            for (String each : script.split("(?<=\\$;)\n|(?<='3s';)\n", -1)) {
                statement.execute(each);
            }
            statement.execute("RESET search_path");
        } catch (SQLException e) {
            throw new IllegalStateException(schema, e);
        }
    }
}
