package io.tidings.spring.torture;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL of its own. It can be killed and started again on the same port and data, and be held still.
 */
final class Server implements AutoCloseable {
    /** Of 16 MB each. */
    private static final int LOG_FILES = 20;

    private final Path data;
    private final int port;
    private final String durable;
    private @Nullable EmbeddedPostgres running;

    private Server(Path data, int port, boolean durable) {
        this.data = data;
        this.port = port;
        this.durable = durable ? "on" : "off";
    }

    /** One at the durability that it has by default: a commit is on the disk when it returns. */
    static Server start() {
        return start(true);
    }

    /** One that does not wait for the disk if it need not be durable: for rows in which the machine does not fail. */
    static Server start(boolean durable) {
        try {
            Server server = new Server(Files.createTempDirectory("tidings-server"), freePort(), durable);
            server.resume();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not start", e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    /** Starts it on what there is. */
    void resume() {
        try {
            running = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false)
                    .setPort(port)
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .setServerConfig("fsync", durable)
                    .setServerConfig("synchronous_commit", durable)
                    .setServerConfig("full_page_writes", durable)
                    .setServerConfig("max_connections", "200")
                    .setServerConfig("min_wal_size", 16 * LOG_FILES + "MB")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not start again", e);
        }
    }

    /**
     * Makes it one that has run for a while: it has files of its log to use again. A new one fills each file with 16 MB of zeros
     * first, and who commits waits for that.
     */
    void runIn() {
        try (Connection connection = DriverManager.getConnection(url(), "postgres", "");
                Statement statement = connection.createStatement()) {
            for (int file = 0; file < LOG_FILES; file++) {
                statement.execute("SELECT pg_logical_emit_message(FALSE, 'run in', ''), pg_switch_wal()");
            }
            statement.execute("CHECKPOINT");
        } catch (SQLException e) {
            throw new IllegalStateException("the log has no files to use again", e);
        }
    }

    /** Ends it at once: every connection breaks, and the next start recovers from the log. */
    void crash() {
        ProcessHandle postmaster = postmaster();
        signal("QUIT", List.of(postmaster));
        if (!Await.until(Duration.ofSeconds(30), () -> !postmaster.isAlive())) {
            throw new IllegalStateException("PostgreSQL did not stop");
        }
        forget();
    }

    /** Holds all of it still: connections stay open, and nothing is answered. */
    void freeze() {
        signal("STOP", all());
    }

    void thaw() {
        signal("CONT", all());
    }

    private List<ProcessHandle> all() {
        ProcessHandle postmaster = postmaster();
        return Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
    }

    private ProcessHandle postmaster() {
        try {
            String pid =
                    Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip();
            return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL does not say who it is", e);
        }
    }

    private static void signal(String name, List<ProcessHandle> processes) {
        List<String> command = new ArrayList<>(List.of("kill", "-" + name));
        processes.forEach(each -> command.add(Long.toString(each.pid())));
        try {
            new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("signals need the program kill", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    String url() {
        return url("postgres");
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?sslmode=disable&gssEncMode=disable";
    }

    /** The rows that a query gives, their columns as text. */
    List<List<String>> rows(String query) {
        return new Database(url()).rows(query);
    }

    /** A new one of this name. */
    Database database(String name) {
        new Database(url()).execute("CREATE DATABASE " + name);
        return new Database(url(name));
    }

    /** Gives the lock of the folder back; the server behind it is gone, or is ended. */
    private void forget() {
        EmbeddedPostgres before = running;
        running = null;
        if (before != null) {
            try {
                before.close();
            } catch (IOException e) {
                throw new UncheckedIOException("PostgreSQL could not be stopped", e);
            }
        }
    }

    @Override
    public void close() {
        forget();
        try (Stream<Path> all = Files.walk(data)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the folder of PostgreSQL could not be removed", e);
        }
    }
}
