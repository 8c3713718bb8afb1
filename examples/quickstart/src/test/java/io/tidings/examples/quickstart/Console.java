package io.tidings.examples.quickstart;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Runs the program and keeps what it prints. */
final class Console {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Terminal terminal;

    private Console(String answers, boolean asks) {
        terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new BufferedReader(new StringReader(answers)),
                asks,
                false);
    }

    static Console withoutAnybody() {
        return new Console("", false);
    }

    static Console answering(String answer) {
        return new Console(answer + "\n", true);
    }

    /** The exit status. */
    int run(Map<String, String> environment, String... arguments) throws InterruptedException {
        return new QuickstartMain(environment, terminal, new QuickstartMain.Pace(0.001, 0.02)).run(arguments);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    String lastLine() {
        List<String> lines = out().lines().toList();
        return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }
}
