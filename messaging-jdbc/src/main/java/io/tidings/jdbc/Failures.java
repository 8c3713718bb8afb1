package io.tidings.jdbc;

import io.tidings.message.StoreUnavailableException;
import io.tidings.message.WordlessTrace;
import java.sql.SQLException;

/** What a failing database becomes: by SQLState, and without the database's words, which may quote a number or a text. */
final class Failures {
    private Failures() {}

    static StoreUnavailableException of(String what, SQLException e) {
        String state = e.getSQLState() == null ? "none" : e.getSQLState();
        return new StoreUnavailableException(
                "the database failed while " + what + " (SQLState " + state + ", code " + e.getErrorCode() + "): "
                        + advice(state),
                WordlessTrace.of(e));
    }

    private static String advice(String state) {
        if (state.startsWith("08")) {
            return "the connection broke; it is tried again";
        }
        if (state.startsWith("40")) {
            return "another transaction was in the way; it is tried again";
        }
        if (state.startsWith("53")) {
            return "the server has no room; free disk, memory or connections";
        }
        if (state.equals("25006")) {
            return "the server only reads; point the DataSource at the primary";
        }
        if (state.startsWith("42")) {
            return "a table or column is missing; run the migration (mode MIGRATE) or the scripts it names";
        }
        return "nothing of the call was kept";
    }
}
