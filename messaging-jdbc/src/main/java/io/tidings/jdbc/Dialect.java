package io.tidings.jdbc;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.UUID;

/** The databases that the stores know, and in what their statements differ. */
public enum Dialect {
    /** PostgreSQL 13 and newer. */
    POSTGRESQL("postgresql", "CAST(extract(epoch FROM statement_timestamp()) * 1000000 AS bigint)"),
    /** MariaDB 10.6 and newer. MySQL is untested. */
    MARIADB("mariadb", "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(6))") {
        @Override
        void bind(PreparedStatement statement, int index, UUID value) throws SQLException {
            statement.setBytes(
                    index,
                    ByteBuffer.allocate(16)
                            .putLong(value.getMostSignificantBits())
                            .putLong(value.getLeastSignificantBits())
                            .array());
        }

        @Override
        UUID uuid(ResultSet row, int column) throws SQLException {
            ByteBuffer bytes = ByteBuffer.wrap(row.getBytes(column));
            return new UUID(bytes.getLong(), bytes.getLong());
        }
    },
    /** H2 2.x, embedded or as a server. A file must be opened with {@code WRITE_DELAY=0}, or commits die with the process. */
    H2("h2", "CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000000 AS BIGINT)");

    private final String folder;
    private final String now;

    Dialect(String folder, String now) {
        this.folder = folder;
        this.now = now;
    }

    /** Recognises the product behind a connection. Throws {@link IllegalArgumentException} for one that nobody tested. */
    static Dialect of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName().toLowerCase(Locale.ROOT);
        for (Dialect dialect : values()) {
            if (product.contains(dialect.folder)) {
                return dialect;
            }
        }
        throw new IllegalArgumentException("the stores know PostgreSQL, MariaDB and H2, not " + product
                + "; if it speaks one of these, name the dialect yourself");
    }

    /** Where its numbered scripts lie. */
    String folder() {
        return folder;
    }

    /** Its clock at the beginning of a statement, in microseconds since 1970. */
    String now() {
        return now;
    }

    /** Whether locking reads are repeatable reads by default, which lock gaps and see old snapshots. */
    boolean readsRepeatably() {
        return this == MARIADB;
    }

    void bind(PreparedStatement statement, int index, UUID value) throws SQLException {
        statement.setObject(index, value);
    }

    UUID uuid(ResultSet row, int column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    /** The table that remembers which scripts ran; made if it is not there. */
    String historyTable() {
        return """
                CREATE TABLE IF NOT EXISTS tidings_schema_history (
                    version INTEGER NOT NULL PRIMARY KEY,
                    script VARCHAR(100) NOT NULL,
                    checksum BIGINT NOT NULL,
                    ran_at BIGINT NOT NULL)""";
    }

    /** The row that a running migration locks; inserted if it is not there. */
    String lockRow() {
        String row = "INSERT INTO tidings_schema_history (version, script, checksum, ran_at) SELECT 0, 'lock', 0, 0";
        return switch (this) {
            case POSTGRESQL -> row + " ON CONFLICT DO NOTHING";
            case MARIADB -> row + " ON DUPLICATE KEY UPDATE version = version";
            case H2 -> "MERGE INTO tidings_schema_history (version, script, checksum, ran_at) VALUES (0, 'lock', 0, 0)";
        };
    }

    /** Whether the name of a new index takes no schema. */
    boolean hasBareIndexes() {
        return this != H2;
    }

    /** What makes an insert skip a row that is there already; where it is empty, the failure harms no transaction. */
    String orSkip() {
        return this == POSTGRESQL ? " ON CONFLICT DO NOTHING" : "";
    }

    /** The same, holding the row that is there; {@code key} is a column of its key. */
    String orHold(String key) {
        return this == MARIADB ? " ON DUPLICATE KEY UPDATE " + key + " = " + key : orSkip();
    }

    /** Whether a definition commits what was before it. */
    boolean commitsDefinitions() {
        return this != POSTGRESQL;
    }

    /** The JDBC type of a null id. */
    int uuidType() {
        return this == MARIADB ? java.sql.Types.BINARY : java.sql.Types.OTHER;
    }

    /** Whether a statement failed because a key exists already. */
    static boolean isDuplicate(SQLException e) {
        String state = e.getSQLState();
        return "23505".equals(state) || ("23000".equals(state) && e.getErrorCode() == 1062);
    }
}
