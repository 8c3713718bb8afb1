package io.tidings.examples.plain;

import io.tidings.message.PhoneNumber;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The garage's own table, on a connection of the caller. */
final class Cars {
    private static final String COLUMNS = "SELECT id, owner, phone, ready, told FROM cars";

    private Cars() {}

    static void create(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS cars (id BIGINT PRIMARY KEY, owner VARCHAR(100) NOT NULL,"
                    + " phone VARCHAR(20) NOT NULL, ready BOOLEAN NOT NULL, told BOOLEAN NOT NULL)");
            statement.execute("INSERT INTO cars (id, owner, phone, ready, told) VALUES"
                    + " (1, 'Ana', '+12025550143', FALSE, FALSE), (2, 'Ben', '+12025550144', FALSE, FALSE),"
                    + " (3, 'Cleo', '+12025550145', FALSE, FALSE)");
        }
    }

    static Optional<Car> find(Connection connection, long id) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(COLUMNS + " WHERE id = ?")) {
            query.setLong(1, id);
            return read(query).stream().findFirst();
        }
    }

    static List<Car> of(Connection connection, PhoneNumber owner) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(COLUMNS + " WHERE phone = ? ORDER BY id")) {
            query.setString(1, owner.e164());
            return read(query);
        }
    }

    static List<Car> all(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(COLUMNS + " ORDER BY id")) {
            return read(query);
        }
    }

    private static List<Car> read(PreparedStatement query) throws SQLException {
        List<Car> found = new ArrayList<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                found.add(new Car(
                        row.getLong("id"),
                        row.getString("owner"),
                        row.getString("phone"),
                        row.getBoolean("ready"),
                        row.getBoolean("told")));
            }
        }
        return found;
    }

    static void ready(Connection connection, long id) throws SQLException {
        mark(connection, "UPDATE cars SET ready = TRUE WHERE id = ?", id);
    }

    static void told(Connection connection, long id) throws SQLException {
        mark(connection, "UPDATE cars SET told = TRUE WHERE id = ?", id);
    }

    private static void mark(Connection connection, String sql, long id) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setLong(1, id);
            update.executeUpdate();
        }
    }
}
