package io.tidings.jdbc.torture;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL of its own, which can be stopped and started again on the same port and data. Without {@code fsync}: a
 * server that dies loses nothing that the system has, and the system lives on here. But a commit is answered only when
 * the system has it, which is PostgreSQL's default and not that of the embedded one.
 */
final class Server implements AutoCloseable {
    private final Path data;
    private final int port;
    private @Nullable EmbeddedPostgres running;

    private Server(Path data, int port) {
        this.data = data;
        this.port = port;
    }

    /** With no data. */
    static Server start() {
        try {
            Path data = Files.createTempDirectory("tidings-server");
            Folder.copy(Empty.DATA, data, Set.of());
            return on(data, freePort());
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not start", e);
        }
    }

    /** On data that are there. */
    static Server on(Path data, int port) {
        Server server = new Server(data, port);
        server.resume();
        return server;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    Path data() {
        return data;
    }

    int port() {
        return port;
    }

    void resume() {
        try {
            running = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false)
                    .setPort(port)
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .setServerConfig("fsync", "off")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("max_connections", "200")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not start again", e);
        }
    }

    /** Ends it at once: every connection breaks, nothing is written down, the next start recovers from the log. */
    void crash() {
        try {
            long pid = Long.parseLong(
                    Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
            new ProcessBuilder("kill", "-QUIT", Long.toString(pid))
                    .inheritIO()
                    .start()
                    .waitFor();
            boolean gone = Await.until(
                    Duration.ofSeconds(30),
                    () -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
            if (!gone) {
                throw new IllegalStateException("PostgreSQL did not stop");
            }
            forget();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL could not be stopped", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Gives the lock of the folder back; the server behind it is gone. */
    private void forget() throws IOException {
        EmbeddedPostgres before = running;
        running = null;
        if (before != null) {
            before.close();
        }
    }

    String url(int at, String more) {
        return "jdbc:postgresql://127.0.0.1:" + at + "/postgres?sslmode=disable&gssEncMode=disable" + more;
    }

    String url() {
        return url(port, "");
    }

    HikariDataSource pool(int connections) {
        return pool(url(), connections);
    }

    static HikariDataSource pool(String url, int connections) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername("postgres");
        config.setMaximumPoolSize(connections);
        config.setConnectionTimeout(2_000);
        config.setValidationTimeout(1_000);
        return new HikariDataSource(config);
    }

    /** On a connection of its own. */
    static void execute(HikariDataSource pool, String sql) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    @Override
    public void close() {
        try {
            forget();
            Folder.delete(data);
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL could not be stopped", e);
        }
    }

    /** What a server has before anybody used it: to make that takes longer than to copy it, so it is made once. */
    private static final class Empty {
        static final Path DATA = make();

        private static Path make() {
            try {
                Path data = Files.createTempDirectory("tidings-empty");
                Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(data)));
                on(data, freePort()).forget();
                return data;
            } catch (IOException e) {
                throw new UncheckedIOException("PostgreSQL did not start", e);
            }
        }

        private static void remove(Path data) {
            try {
                Folder.delete(data);
            } catch (IOException e) {
                throw new UncheckedIOException("the data of a server could not be removed", e);
            }
        }
    }
}
