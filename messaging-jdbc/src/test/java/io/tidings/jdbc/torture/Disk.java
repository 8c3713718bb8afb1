package io.tidings.jdbc.torture;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A database that can have no room. Where the build may mount memory its tables lie in 64 MB that are filled to the last
 * page; elsewhere the server answers every write with SQLState 53100, by a trigger. {@link #name} says which.
 */
final class Disk implements AutoCloseable {
    static final String FULL = "53100";

    private final Server server;
    private final HikariDataSource pool;
    private final @Nullable Path mount;

    private Disk(Server server, @Nullable Path mount) {
        this.server = server;
        this.mount = mount;
        this.pool = Server.pool(url(), 1);
    }

    static Disk of(Server server) throws IOException, SQLException {
        Path folder = Files.createTempDirectory("tidings-disk");
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", folder.toString());
        try (HikariDataSource admin = server.pool(1);
                Connection connection = admin.getConnection();
                Statement statement = connection.createStatement()) {
            if (mounted) {
                Path tables = Files.createDirectory(folder.resolve("tables"));
                statement.execute("CREATE TABLESPACE small LOCATION '" + tables + "'");
            }
            statement.execute("CREATE DATABASE small" + (mounted ? " TABLESPACE small" : ""));
        }
        return new Disk(server, mounted ? folder : null);
    }

    private static boolean run(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    String url() {
        return server.url().replace("/postgres?", "/small?");
    }

    String name() {
        return mount == null ? "53100 by a trigger" : "64 MB filled";
    }

    /** From now on nothing can be written that needs room. */
    void fill() throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            if (mount == null) {
                refuse(statement);
                return;
            }
            statement.execute("CREATE TABLE filler (words text)");
            statement.execute("ALTER TABLE filler ALTER words SET STORAGE PLAIN");
            for (int rows : new int[] {500, 1}) {
                while (takes(statement, rows)) {
                    // Until there is no room for one more page.
                }
            }
        }
    }

    private static boolean takes(Statement statement, int rows) throws SQLException {
        try {
            statement.execute("INSERT INTO filler SELECT repeat('x', 8000) FROM generate_series(1, " + rows + ")");
            return true;
        } catch (SQLException e) {
            if (FULL.equals(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }

    private static void refuse(Statement statement) throws SQLException {
        statement.execute("""
                CREATE OR REPLACE FUNCTION full_disk() RETURNS trigger AS $$
                BEGIN RAISE EXCEPTION 'No space left on device' USING ERRCODE = '53100'; END $$ LANGUAGE plpgsql""");
        for (String table : tables(statement)) {
            statement.execute("CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE ON " + table
                    + " FOR EACH ROW EXECUTE FUNCTION full_disk()");
        }
    }

    private static List<String> tables(Statement statement) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (ResultSet found = statement.executeQuery(
                "SELECT tablename FROM pg_tables WHERE tablename LIKE 'tidings\\_%' ORDER BY tablename")) {
            while (found.next()) {
                tables.add(found.getString(1));
            }
        }
        return tables;
    }

    /** There is room again. */
    void free() throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(mount == null ? "DROP FUNCTION full_disk CASCADE" : "DROP TABLE filler");
        }
    }

    /** After this the server has lost its tables, as its own end is next. */
    @Override
    public void close() {
        pool.close();
        if (mount != null) {
            run("umount", "-l", mount.toString());
        }
    }
}
