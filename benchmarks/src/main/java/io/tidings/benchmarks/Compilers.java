package io.tidings.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The processor time of this JVM's just-in-time compilers, by Linux's account of the threads. A run of minutes compiles what
 * a server compiles once in weeks, and a contestant with more code compiles longer.
 */
final class Compilers {
    private static final Path THREADS = Path.of("/proc/self/task");

    private Compilers() {}

    /** Nanoseconds up to now of the compiler threads that live; 0 where there is no such account. */
    static long cpuNanos() {
        if (!Files.isDirectory(THREADS)) {
            return 0;
        }
        long nanos = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(THREADS)) {
            for (Path thread : threads) {
                nanos += cpuNanos(thread);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return nanos;
    }

    private static long cpuNanos(Path thread) throws IOException {
        try {
            return Files.readString(thread.resolve("comm")).matches("C[12] Compiler.*\\s*")
                    ? Long.parseLong(
                            Files.readString(thread.resolve("schedstat")).split(" ", 2)[0])
                    : 0;
        } catch (NoSuchFileException e) {
            // It ended meanwhile.
            return 0;
        }
    }
}
