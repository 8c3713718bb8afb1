package io.tidings.jdbc.torture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The table of deaths, printed line by line and kept in a file. */
final class Matrix {
    private final Path file;
    private final int repetitions;

    Matrix(Path file, int repetitions, long seed) {
        this.file = file;
        this.repetitions = repetitions;
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the matrix of before cannot be removed", e);
        }
        say("Seed " + seed + ", " + repetitions + " deaths at each point, " + CrashMain.MESSAGES + " messages each.\n");
        say(
                "| process ends | deaths | in the air | stored | accepted | given up | duplicates | lost | stuck | ghosts |");
        say("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    }

    void line(Point point, String cells) {
        say("| " + point.place + " | " + repetitions + " | " + cells + " |");
    }

    private void say(String line) {
        System.out.println(line);
        Board.append(file, line);
    }
}
