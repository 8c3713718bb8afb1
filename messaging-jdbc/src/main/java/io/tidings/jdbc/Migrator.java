package io.tidings.jdbc;

import io.tidings.message.NotConfiguredException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the numbered scripts that a database has not seen, once each and in order, and keeps their history in a table of
 * its own. It does not touch what other migration tools keep. Scripts of a later version that ran already do not matter:
 * they only add.
 */
final class Migrator {
    private static final Logger log = LoggerFactory.getLogger(Migrator.class);
    private static final String KNOWN = "SELECT version, checksum FROM tidings_schema_history";
    private static final String RECORD =
            "INSERT INTO tidings_schema_history (version, script, checksum, ran_at) VALUES (?, ?, ?, %s)";

    private final Dialect dialect;
    private final Names names;
    private final List<Script> scripts;

    Migrator(Dialect dialect, Names names, List<Script> scripts) {
        this.dialect = dialect;
        this.names = names;
        this.scripts = List.copyOf(scripts);
    }

    /** Brings the tables to where this version needs them, or checks that they are there. */
    void apply(Connection connection, SchemaMode mode) throws SQLException {
        if (mode == SchemaMode.NONE) {
            return;
        }
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(true);
        try {
            List<Script> missing = missing(connection);
            if (missing.isEmpty()) {
                return;
            }
            if (mode == SchemaMode.VALIDATE) {
                throw new NotConfiguredException("the tables are not those of this version. Run "
                        + missing.stream().map(Script::path).toList()
                        + " from the jar (in this order), or open the stores with SchemaMode.MIGRATE");
            }
            migrate(connection);
        } finally {
            connection.setAutoCommit(autoCommit);
        }
    }

    /** What ran so far. */
    SchemaState state(Connection connection) throws SQLException {
        int last = known(connection).keySet().stream()
                .mapToInt(Integer::intValue)
                .max()
                .orElse(0);
        String database = connection.getMetaData().getDatabaseProductName() + " "
                + connection.getMetaData().getDatabaseMajorVersion();
        return new SchemaState(database, last, scripts.size());
    }

    private void migrate(Connection connection) throws SQLException {
        try {
            if (dialect.undoesDefinitions()) {
                inTransaction(connection);
            } else if (dialect.lock() == null) {
                // One process has the database to itself as a rule, and its threads take turns here.
                synchronized (Migrator.class) {
                    runMissing(connection);
                }
            } else {
                underLock(connection);
            }
        } catch (SQLException e) {
            throw explained(e);
        }
    }

    private void inTransaction(Connection connection) throws SQLException {
        int isolation = connection.getTransactionIsolation();
        // A snapshot taken before the lock was given would not show what its last owner did.
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        connection.setAutoCommit(false);
        try {
            ask(connection, dialect.lock());
            runMissing(connection);
            connection.commit();
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
            connection.setTransactionIsolation(isolation);
        }
    }

    private void underLock(Connection connection) throws SQLException {
        if (!ask(connection, dialect.lock())) {
            throw new NotConfiguredException(
                    "another node has been migrating the tables for minutes; see what it waits for, then start again");
        }
        try {
            runMissing(connection);
        } finally {
            ask(connection, dialect.unlock());
        }
    }

    /** Whether the answer is 1: that of MariaDB's locks. */
    private boolean ask(Connection connection, @Nullable String lock) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(lock)) {
            statement.setLong(1, lockNumber(connection));
            try (ResultSet answer = statement.executeQuery()) {
                return answer.next() && "1".equals(answer.getString(1));
            }
        }
    }

    /** One lock for each set of tables: on MariaDB locks belong to the server, so the database is part of it. */
    private long lockNumber(Connection connection) throws SQLException {
        CRC32 sum = new CRC32();
        String tables = connection.getCatalog() + "|" + names.schema() + "|" + names.prefix();
        sum.update(tables.getBytes(StandardCharsets.UTF_8));
        return sum.getValue();
    }

    private void runMissing(Connection connection) throws SQLException {
        execute(connection, dialect.historyTable());
        List<Script> missing = missing(connection);
        for (Script script : missing) {
            for (String statement : script.statements()) {
                execute(connection, statement);
            }
            record(connection, script);
        }
        if (!missing.isEmpty()) {
            log.info("{} scripts ran, the tables are at version {}", missing.size(), scripts.size());
        }
    }

    private void record(Connection connection, Script script) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(names.in(RECORD.formatted(dialect.now())))) {
            insert.setInt(1, script.version());
            insert.setString(2, script.file());
            insert.setLong(3, script.checksum());
            insert.executeUpdate();
        } catch (SQLException e) {
            if (dialect.undoesDefinitions() || !Dialect.isDuplicate(e)) {
                throw e;
            }
        }
    }

    private List<Script> missing(Connection connection) throws SQLException {
        Map<Integer, Long> known = known(connection);
        List<Script> missing = new ArrayList<>();
        for (Script script : scripts) {
            Long checksum = known.get(script.version());
            if (checksum == null) {
                missing.add(script);
            } else if (checksum != script.checksum()) {
                throw new NotConfiguredException("the script " + script.path() + " is not the one that ran on this"
                        + " database; scripts are never changed, so this is another build or a repaired database");
            }
        }
        return missing;
    }

    private Map<Integer, Long> known(Connection connection) throws SQLException {
        Map<Integer, Long> known = new TreeMap<>();
        try (PreparedStatement select = connection.prepareStatement(names.in(KNOWN));
                ResultSet found = select.executeQuery()) {
            while (found.next()) {
                known.put(found.getInt(1), found.getLong(2));
            }
        } catch (SQLException e) {
            if (!isMissingTable(e)) {
                throw e;
            }
        }
        return known;
    }

    static boolean isMissingTable(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        return state.equals("42P01") || state.startsWith("42S0") || isMissingSchema(e);
    }

    private static boolean isMissingSchema(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        return state.equals("3F000") || state.equals("90079") || e.getErrorCode() == 1049;
    }

    private SQLException explained(SQLException e) {
        if (isMissingSchema(e)) {
            throw new NotConfiguredException(
                    "the schema " + names.schema() + " does not exist; create it, or leave withSchema(…) out");
        }
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        if (state.equals("42501") || state.equals("90096") || e.getErrorCode() == 1142) {
            throw new NotConfiguredException("the database user may not create tables; run the scripts "
                    + scripts.stream().map(Script::path).toList() + " as their owner, or give it that right");
        }
        return e;
    }

    private void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(names.in(sql, dialect.hasBareIndexes()));
        }
    }
}
