package io.tidings.examples.cluster;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Starts Java processes with the class path of this one, and ends all of them. */
final class Processes implements AutoCloseable {
    private final List<Process> started = new ArrayList<>();
    private final Path errors;

    /** What they write about errors goes to files here. */
    Processes(Path errors) {
        this.errors = errors;
    }

    /** Starts a main class and waits for its first line, which it returns with the process. */
    Started start(String name, Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:TieredStopAtLevel=1",
                "-Dsun.net.httpserver.nodelay=true",
                "-Dsun.net.httpserver.maxIdleConnections=4096",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(arguments);
        File log = errors.resolve(name + ".err").toFile();
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(log))
                    .start();
            started.add(process);
            return new Started(process, firstLine(process, name, log));
        } catch (IOException e) {
            throw new UncheckedIOException("a process of this Java could not be started", e);
        }
    }

    /**
     * A process that runs.
     *
     * @param process the process
     * @param line its first line
     */
    record Started(Process process, String line) {}

    private static String firstLine(Process process, String name, File log) throws IOException {
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String line = out.readLine();
        if (line == null) {
            throw new IllegalStateException(name + " ended before it was ready; see " + log);
        }
        return line;
    }

    /** Sends a signal by its name: STOP, CONT, KILL, TERM. */
    static void signal(Process process, String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("signals need the program kill", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks a process to stop and waits; a process that does not is killed. */
    static void stop(@Nullable Process process) {
        if (process == null) {
            return;
        }
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        started.forEach(Process::destroyForcibly);
    }
}
