package io.tidings.spring.torture;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Another process of this Java with the same class path, whose output goes to a file. Closing it kills it. */
final class Jvm implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(2);

    private final Process process;
    private final Path output;

    private Jvm(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /**
     * Starts one, without developer tools: they would run the application a second time.
     *
     * @param options of the machine, such as {@code -Xmx64m}
     */
    static Jvm start(Class<?> main, List<String> options, List<String> arguments) {
        return start(main, classPath(), options, arguments);
    }

    /** Starts one with developer tools, which watch this folder of classes. */
    static Jvm underDeveloperTools(Class<?> main, Path watched, List<String> options, List<String> arguments) {
        return start(main, watched + File.pathSeparator + whole(), options, arguments);
    }

    /** The one of this process, without developer tools. */
    static String classPath() {
        return Stream.of(whole().split(File.pathSeparator))
                .filter(entry -> !entry.contains("spring-boot-devtools"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String whole() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /** The same with another class path. */
    static Jvm start(Class<?> main, String classPath, List<String> options, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (!Size.isFull()) {
            // Starts sooner, and is never fast.
            command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        }
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, main.getName()));
        command.addAll(arguments);
        try {
            Path output = Files.createTempFile("tidings-" + main.getSimpleName(), ".log");
            output.toFile().deleteOnExit();
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            return new Jvm(process, output);
        } catch (IOException e) {
            throw new UncheckedIOException("a process of this Java could not be started", e);
        }
    }

    /** What follows these words in the first line that begins with them, as soon as it was printed. */
    String told(String words) {
        Await.until(START, () -> !process.isAlive() || said(words) != null);
        String said = said(words);
        if (said == null) {
            throw new IllegalStateException("the process did not say \"" + words + "\" but\n" + all());
        }
        return said;
    }

    private @Nullable String said(String words) {
        return all().lines()
                .filter(line -> line.startsWith(words))
                .map(line -> line.substring(words.length()).strip())
                .findFirst()
                .orElse(null);
    }

    /** Everything that it has printed until now. */
    String all() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException("the output of a process cannot be read", e);
        }
    }

    /** Ends its input, which it may wait for. */
    void endInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException("the process cannot be spoken to", e);
        }
    }

    /** Asks it to end. */
    void terminate() {
        process.destroy();
    }

    /** How long it takes to end, for this time at most; it need not end well. */
    Duration end(Duration most) {
        long began = System.nanoTime();
        if (!Await.until(most, () -> !process.isAlive())) {
            throw new IllegalStateException("the process does not end but says\n" + all());
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** Whether it ended by itself and well within this time. */
    boolean ends(Duration most) {
        return Await.until(most, () -> !process.isAlive()) && process.exitValue() == 0;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
