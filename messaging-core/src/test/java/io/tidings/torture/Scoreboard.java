package io.tidings.torture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Collects what the rows measured and prints the table when all of them have run. A test asks for it as a parameter; a
 * row that is not {@linkplain Row#passed passed} at the end counts as failed.
 */
public final class Scoreboard implements AutoCloseable {
    /** Guarded by this. */
    private final List<Row> rows = new ArrayList<>();

    /** Hands the one scoreboard of the run to tests that ask for it. */
    public static final class Keeper implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Scoreboard.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.create(Scoreboard.class))
                    .computeIfAbsent(Scoreboard.class, key -> new Scoreboard(), Scoreboard.class);
        }
    }

    /** One line of the table. */
    public static final class Row {
        private final String number;
        private final String promise;
        private final long seed;
        private final List<String> figures = new ArrayList<>();
        private String size = "";
        private boolean passed;

        private Row(String number, String promise, long seed) {
            this.number = number;
            this.promise = promise;
            this.seed = seed;
        }

        public Row size(String format, Object... values) {
            size = String.format(Locale.ROOT, format, values);
            return this;
        }

        public synchronized Row figure(String format, Object... values) {
            figures.add(String.format(Locale.ROOT, format, values));
            return this;
        }

        public void passed() {
            passed = true;
        }

        private synchronized String line() {
            return String.format(
                    Locale.ROOT,
                    "| %-5s | %-46s | %-34s | %s | seed %d | %s |",
                    number,
                    promise,
                    size,
                    String.join(", ", figures),
                    seed,
                    passed ? "ok" : "FAILED");
        }
    }

    /** Starts a line, and prints its seed at once, so that it is known whatever happens. */
    public synchronized Row row(String number, String promise, long seed) {
        System.out.printf("row %s: %s, seed %d (repeat with -Dtidings.seed=%d)%n", number, promise, seed, seed);
        Row row = new Row(number, promise, seed);
        rows.add(row);
        return row;
    }

    @Override
    public synchronized void close() {
        System.out.println("\nGuarantees, " + (Scale.isFull() ? "full" : "short") + " size");
        List<String> lines = rows.stream()
                .sorted(Comparator.comparing((Row row) -> row.number))
                .map(Row::line)
                .toList();
        lines.forEach(System.out::println);
        keep(lines);
    }

    /** Where the lines of all modules come together; nowhere unless {@code tidings.scoreboard} names a file. */
    private static void keep(List<String> lines) {
        String file = System.getProperty("tidings.scoreboard", "");
        if (!file.isEmpty()) {
            try {
                Files.write(Path.of(file), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException("the table cannot be written", e);
            }
        }
    }
}
