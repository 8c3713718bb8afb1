package io.tidings.jdbc.torture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;

/**
 * A PostgreSQL and its standby: each commit is answered when the standby has it too. The copy is made by the server's own
 * functions, because the programs of the embedded one have no {@code pg_basebackup}.
 */
final class Pair implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Of these folders a standby needs the place alone. */
    private static final Set<String> EMPTY = Set.of("pg_wal", "pg_replslot", "pg_dynshmem", "pg_notify", "pg_stat_tmp");

    private final String url;
    private Server primary;
    private Server standby;

    private Pair(Server primary, int port) {
        this.primary = primary;
        this.url = "jdbc:postgresql://127.0.0.1:" + primary.port() + ",127.0.0.1:" + port
                + "/postgres?sslmode=disable&gssEncMode=disable&targetServerType=primary&hostRecheckSeconds=1"
                + "&connectTimeout=2&socketTimeout=20";
        this.standby = follow(primary, port);
    }

    static Pair start() {
        try {
            return new Pair(Server.start(), Server.freePort());
        } catch (IOException e) {
            throw new UncheckedIOException("there is no port for the standby", e);
        }
    }

    /** For a pool that goes to whichever of the two takes writes. */
    String url() {
        return url;
    }

    /** The first dies at once, the other takes over, and gets a standby of its own where the first was. */
    void failOver() {
        Server dead = primary;
        dead.crash();
        run(standby, "SELECT pg_promote(true, 60)");
        primary = standby;
        standby = follow(primary, dead.port());
    }

    /** From now on the standby gets nothing, and commits do not wait for it. */
    void loseStandby() {
        run(primary, "ALTER SYSTEM SET synchronous_standby_names = ''", "SELECT pg_reload_conf()");
        standby.crash();
    }

    /** The first dies, and what the standby had when it was lost is all there is. */
    void promoteLost() {
        primary.crash();
        standby.resume();
        run(standby, "SELECT pg_promote(true, 60)");
        primary = standby;
    }

    private static Server follow(Server leader, int port) {
        run(leader, "ALTER SYSTEM SET wal_keep_size = '256MB'", "SELECT pg_reload_conf()");
        try (Connection connection = connection(leader);
                Statement statement = connection.createStatement()) {
            Path copy = Files.createTempDirectory(
                    "tidings-standby",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            statement.execute("SELECT pg_backup_start('standby', true)");
            // While the server writes: what changes meanwhile is mended from its log.
            Folder.copy(leader.data(), copy, EMPTY);
            try (ResultSet label = statement.executeQuery("SELECT labelfile FROM pg_backup_stop(false)")) {
                label.next();
                Files.writeString(copy.resolve("backup_label"), label.getString(1));
            }
            Files.createFile(copy.resolve("standby.signal"));
            Files.writeString(
                    copy.resolve("postgresql.auto.conf"),
                    "\nsynchronous_standby_names = ''\nprimary_conninfo = 'host=127.0.0.1 port=" + leader.port()
                            + " user=postgres application_name=standby'\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            Server follower = Server.on(copy, port);
            await(statement, "state = 'streaming'");
            statement.execute("ALTER SYSTEM SET synchronous_standby_names = '*'");
            statement.execute("SELECT pg_reload_conf()");
            await(statement, "sync_state = 'sync'");
            return follower;
        } catch (IOException e) {
            throw new UncheckedIOException("the standby could not be made", e);
        } catch (SQLException e) {
            throw new IllegalStateException("the standby could not be made", e);
        }
    }

    private static void await(Statement statement, String what) {
        boolean there = Await.until(PATIENCE, () -> {
            try (ResultSet found = statement.executeQuery("SELECT count(*) FROM pg_stat_replication WHERE " + what)) {
                found.next();
                return found.getInt(1) == 1;
            } catch (SQLException e) {
                throw new IllegalStateException("the primary cannot be asked for its standby", e);
            }
        });
        if (!there) {
            throw new IllegalStateException("the standby does not follow: " + what);
        }
    }

    private static Connection connection(Server server) throws SQLException {
        return DriverManager.getConnection(server.url(), "postgres", "");
    }

    private static void run(Server server, String... statements) {
        try (Connection connection = connection(server);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the server does not do what it is told", e);
        }
    }

    @Override
    public void close() {
        // In this order: a primary waits for its standby to the end.
        primary.crash();
        standby.close();
    }
}
