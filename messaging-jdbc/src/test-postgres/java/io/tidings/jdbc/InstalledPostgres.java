package io.tidings.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A PostgreSQL of the machine, from the folder of its programs that {@code -Dpostgres.bin} names. */
final class InstalledPostgres {

    private InstalledPostgres() {}

    /** Starts a server that ends with this process. */
    static HikariDataSource start() {
        String folder = run(List.of("mktemp", "-d")).strip();
        run(List.of(program("initdb"), "-D", folder, "-U", "postgres", "-A", "trust", "-N"));
        int port = freePort();
        String settings = "-p " + port + " -k " + folder + " -c fsync=off -c max_connections=200";
        run(List.of(program("pg_ctl"), "-D", folder, "-w", "-l", folder + "/log", "-o", settings, "start"));
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> run(List.of(program("pg_ctl"), "-D", folder, "-m", "immediate", "stop"))));
        return Databases.pool("jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres", "postgres", "");
    }

    private static String program(String name) {
        return Path.of(System.getProperty("postgres.bin"), name).toString();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As the user postgres where this process is root, which the server refuses. */
    private static String run(List<String> command) {
        List<String> whole = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            whole.addAll(List.of("runuser", "-u", "postgres", "--"));
        }
        whole.addAll(command);
        try {
            Process process = new ProcessBuilder(whole)
                    .redirectErrorStream(true)
                    .directory(Path.of("/").toFile())
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(whole + " failed:\n" + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
