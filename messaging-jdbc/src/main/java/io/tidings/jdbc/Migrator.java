package io.tidings.jdbc;

import io.tidings.message.NotConfiguredException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the numbered scripts that a database has not seen, once each and in order, and keeps their history in a table of
 * its own. It does not touch what other migration tools keep.
 */
final class Migrator {
    private static final Logger log = LoggerFactory.getLogger(Migrator.class);

    private final Dialect dialect;
    private final Names names;

    /**
     * One numbered script.
     *
     * @param version its number, from 1 without gaps
     * @param file its name
     * @param text what is in it
     */
    record Script(int version, String file, String text) {
        private static final Pattern COMMENT = Pattern.compile("(?m)^--.*$");
        private static final Pattern END = Pattern.compile(";\\s*(?:\\n|$)");

        /** Tells scripts apart; no protection against anybody. */
        long checksum() {
            CRC32 sum = new CRC32();
            sum.update(text.replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8));
            return sum.getValue();
        }

        /** Its statements: each ends with a semicolon at the end of a line. */
        List<String> statements() {
            List<String> statements = new ArrayList<>();
            for (String part : END.split(COMMENT.matcher(text).replaceAll(""), -1)) {
                if (!part.isBlank()) {
                    statements.add(part.strip());
                }
            }
            return statements;
        }
    }

    Migrator(Dialect dialect, Names names) {
        this.dialect = dialect;
        this.names = names;
    }

    /** Brings the tables to where this version needs them, or checks that they are there. Returns their version. */
    int apply(Connection connection, SchemaMode mode) throws SQLException {
        return switch (mode) {
            case MIGRATE -> migrate(connection);
            case VALIDATE -> validate(connection);
            case NONE -> scripts().size();
        };
    }

    private int migrate(Connection connection) throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(true);
        try {
            execute(connection, dialect.historyTable());
            connection.setAutoCommit(false);
            lock(connection);
            int ran = runMissing(connection);
            connection.commit();
            if (ran > 0) {
                log.info(
                        "{} scripts ran, the tables are at version {}",
                        ran,
                        scripts().size());
            }
            return scripts().size();
        } catch (SQLException | RuntimeException e) {
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
            throw e;
        } finally {
            connection.setAutoCommit(autoCommit);
        }
    }

    /** A row that every migrator locks, so that nodes that start together go one after the other. */
    private void lock(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(names.in(dialect.lockRow()))) {
            insert.executeUpdate();
        }
        connection.commit();
        lockAgain(connection);
    }

    private void lockAgain(Connection connection) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(
                names.in("SELECT version FROM tidings_schema_history WHERE version = 0 FOR UPDATE"))) {
            lock.executeQuery().close();
        }
    }

    private int runMissing(Connection connection) throws SQLException {
        Set<Integer> known = known(connection);
        int ran = 0;
        for (Script script : scripts()) {
            if (!known.contains(script.version())) {
                for (String statement : script.statements()) {
                    execute(connection, statement);
                }
                record(connection, script);
                ran++;
                if (dialect.commitsDefinitions()) {
                    // The lock is gone with the first definition. Every statement is one that may run twice.
                    connection.commit();
                    lockAgain(connection);
                }
            }
        }
        return ran;
    }

    private Set<Integer> known(Connection connection) throws SQLException {
        Set<Integer> known = new TreeSet<>();
        try (PreparedStatement select =
                        connection.prepareStatement(names.in("SELECT version, checksum FROM tidings_schema_history"));
                ResultSet found = select.executeQuery()) {
            while (found.next()) {
                known.add(found.getInt(1));
                requireUnchanged(found.getInt(1), found.getLong(2));
            }
        }
        return known;
    }

    private void requireUnchanged(int version, long checksum) {
        List<Script> scripts = scripts();
        if (version >= 1 && version <= scripts.size()) {
            Script script = scripts.get(version - 1);
            if (checksum != 0 && checksum != script.checksum()) {
                throw new NotConfiguredException("the script " + path(script) + " is not the one that ran on this"
                        + " database; scripts are never changed, so this is another build or a repaired database");
            }
        }
    }

    private void record(Connection connection, Script script) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                names.in("INSERT INTO tidings_schema_history (version, script, checksum, ran_at) VALUES (?, ?, ?, "
                        + dialect.now() + ")"))) {
            insert.setInt(1, script.version());
            insert.setString(2, script.file());
            insert.setLong(3, script.checksum());
            insert.executeUpdate();
        } catch (SQLException e) {
            if (!Dialect.isDuplicate(e)) {
                throw e;
            }
        }
    }

    private int validate(Connection connection) throws SQLException {
        Set<Integer> known;
        try {
            known = known(connection);
        } catch (SQLException e) {
            known = new TreeSet<>();
        } finally {
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
        }
        List<String> missing = new ArrayList<>();
        for (Script script : scripts()) {
            if (!known.contains(script.version())) {
                missing.add(path(script));
            }
        }
        if (!missing.isEmpty()) {
            throw new NotConfiguredException("the tables are not those of this version. Run " + missing
                    + " from the jar (in this order), or open the stores with SchemaMode.MIGRATE");
        }
        return scripts().size();
    }

    private String path(Script script) {
        return "io/tidings/jdbc/" + dialect.folder() + "/" + script.file();
    }

    private void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(names.in(sql, dialect.hasBareIndexes()));
        }
    }

    /** The scripts of the dialect, as the list beside them names them. */
    List<Script> scripts() {
        List<Script> scripts = new ArrayList<>();
        for (String file : resource("scripts.txt").lines().toList()) {
            scripts.add(new Script(scripts.size() + 1, file, resource(file)));
        }
        return scripts;
    }

    private String resource(String file) {
        String name = dialect.folder() + "/" + file;
        try (InputStream in = Migrator.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the jar cannot be read", e);
        }
    }
}
