package io.tidings.jdbc.torture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One line of the table of rows. Its seed is printed when it begins, the line with how long it took when it ends, also into the file that
 * {@code tidings.scoreboard} names, where the lines of all modules come together. What is not {@link #passed} has failed.
 */
public final class Board implements AutoCloseable {
    private final String number;
    private final String promise;
    private final String size;
    private final long seed;
    private final List<String> figures = new ArrayList<>();
    private final long began = System.nanoTime();
    private boolean passed;

    private Board(String number, String promise, String size, long seed) {
        this.number = number;
        this.promise = promise;
        this.size = size;
        this.seed = seed;
    }

    /** Begins a line. */
    public static Board row(String number, String promise, long seed, String size) {
        System.out.printf("row %s: %s, seed %d (repeat with -Dtidings.seed=%d)%n", number, promise, seed, seed);
        return new Board(number, promise, size, seed);
    }

    /** One more figure of it. */
    public synchronized void figure(String format, Object... values) {
        figures.add(String.format(Locale.ROOT, format, values));
    }

    /** What was promised holds. */
    public synchronized void passed() {
        passed = true;
    }

    @Override
    public synchronized void close() {
        figure("%.0f s", (System.nanoTime() - began) / 1e9);
        String line = String.format(
                Locale.ROOT,
                "| %-5s | %-46s | %-34s | %s | seed %d | %s |",
                number,
                promise,
                size,
                String.join(", ", figures),
                seed,
                passed ? "ok" : "FAILED");
        System.out.println(line);
        String file = System.getProperty("tidings.scoreboard", "");
        if (!file.isEmpty()) {
            append(Path.of(file), line);
        }
    }

    static void append(Path file, String line) {
        try {
            Files.writeString(
                    file, line + "\n", StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("the table cannot be written", e);
        }
    }
}
