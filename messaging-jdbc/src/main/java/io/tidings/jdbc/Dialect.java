package io.tidings.jdbc;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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
    /**
     * H2 2.x, embedded or as a server. A file must be opened with {@code WRITE_DELAY=0}, and by 2.5 also with {@code
     * REUSE_SPACE=FALSE}, or commits die with the process.
     */
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

    /**
     * Takes the lock of the migration by its number, if the database has locks that a definition does not end. On
     * PostgreSQL it ends with the transaction.
     */
    @Nullable
    String lock() {
        return switch (this) {
            case POSTGRESQL -> "SELECT pg_advisory_xact_lock(?)";
            case MARIADB -> "SELECT GET_LOCK(CONCAT('tidings migration ', ?), 300)";
            case H2 -> null;
        };
    }

    /** Gives the lock back, where that does not happen by itself. */
    @Nullable
    String unlock() {
        return this == MARIADB ? "SELECT RELEASE_LOCK(CONCAT('tidings migration ', ?))" : null;
    }

    /** Whether the name of a new index takes no schema. */
    boolean hasBareIndexes() {
        return this != H2;
    }

    /** The insert that skips a row that is there already. MariaDB's driver would log the words of a failed one. */
    String orSkip(String insert) {
        return switch (this) {
            case POSTGRESQL -> insert + " ON CONFLICT DO NOTHING";
            case MARIADB -> insert.replaceFirst("INSERT INTO", "INSERT IGNORE INTO");
            case H2 -> insert;
        };
    }

    /** The same, locking the row that is there for the change that follows; {@code key} is a column of its key. */
    String orHold(String insert, String key) {
        return this == MARIADB ? insert + " ON DUPLICATE KEY UPDATE " + key + " = " + key : orSkip(insert);
    }

    /** Whether a transaction goes on after a statement that failed. */
    boolean survivesFailures() {
        return this != POSTGRESQL;
    }

    /** Whether definitions are part of transactions. */
    boolean undoesDefinitions() {
        return this == POSTGRESQL;
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
