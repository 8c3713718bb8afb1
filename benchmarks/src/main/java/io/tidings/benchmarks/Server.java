package io.tidings.benchmarks;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where contestants store: a server, or a file. */
public interface Server extends AutoCloseable {

    /** Something empty to store in. */
    Database empty() throws Exception;

    /** PostgreSQL at the durability that it has by default: a commit is on the disk when it returns. */
    static Server postgres() throws IOException {
        return new Postgres();
    }

    /** H2 in a file. A commit is handed to the operating system when it returns, and survives the process, not the power. */
    static Server h2() throws IOException {
        Path folder = Files.createTempDirectory("tidings-h2-");
        return new Server() {
            private int made;

            @Override
            public Database empty() {
                String url = "jdbc:h2:file:" + folder.resolve("round" + ++made)
                        + ";WRITE_DELAY=0;QUERY_CACHE_SIZE=256;LOCK_TIMEOUT=10000";
                return new Database(url, "sa", () -> {});
            }

            @Override
            public void close() throws IOException {
                try (Stream<Path> files = Files.walk(folder)) {
                    for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(each);
                    }
                }
            }
        };
    }

    @Override
    void close() throws IOException;

    /** The embedded server; each database is a schema of its own. */
    final class Postgres implements Server {
        private static final String USER = "postgres";

        private final EmbeddedPostgres server;
        private int made;

        /** A server that is started now. */
        public Postgres() throws IOException {
            this.server = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("shared_buffers", "256MB")
                    .setServerConfig("max_wal_size", "2GB")
                    .setServerConfig("max_connections", "200")
                    .start();
        }

        /** A schema of its own. What rounds before left to write is written first, so that nobody pays for another. */
        @Override
        public Database empty() throws SQLException {
            String schema = "round" + ++made;
            execute("CREATE SCHEMA " + schema, "CHECKPOINT");
            String url =
                    server.getJdbcUrl(USER, "postgres") + "&currentSchema=" + schema + "&reWriteBatchedInserts=true";
            return new Database(url, USER, () -> execute("DROP SCHEMA " + schema + " CASCADE"));
        }

        /** What the settings are, as the server says it. */
        public List<String> settings() throws SQLException {
            try (Connection connection = server.getPostgresDatabase().getConnection()) {
                return Stream.of("server_version", "fsync", "synchronous_commit", "shared_buffers", "max_wal_size")
                        .map(name -> name + "=" + shown(connection, name))
                        .toList();
            }
        }

        private static String shown(Connection connection, String name) {
            try (Statement statement = connection.createStatement();
                    var rows = statement.executeQuery("SHOW " + name)) {
                rows.next();
                return rows.getString(1);
            } catch (SQLException e) {
                throw new IllegalStateException("The server does not say what '" + name + "' is.", e);
            }
        }

        private void execute(String... statements) throws SQLException {
            try (Connection connection = server.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                for (String sql : statements) {
                    statement.execute(sql);
                }
            }
        }

        @Override
        public void close() {
            try {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException("PostgreSQL did not stop", e);
            }
        }
    }
}
