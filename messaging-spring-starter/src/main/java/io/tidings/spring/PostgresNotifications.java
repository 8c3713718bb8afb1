package io.tidings.spring;

import io.tidings.jdbc.PostgresHints;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** Waits for notifications in the words of PostgreSQL's own driver: the one class that knows a driver, loaded only with it. */
final class PostgresNotifications implements PostgresHints.Driver {
    private static final int SECOND_IN_MILLIS = 1_000;

    @Override
    public boolean await(Connection connection) throws SQLException {
        PGNotification[] heard = connection.unwrap(PGConnection.class).getNotifications(SECOND_IN_MILLIS);
        return heard != null && heard.length > 0;
    }
}
