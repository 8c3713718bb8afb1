package io.tidings.spring.torture;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An application that is started in processes of their own, many times if need be: then from an archive of its classes, which
 * takes a third of the processor's time, and four times as much once.
 */
final class Program implements AutoCloseable {
    private static final Duration END = Duration.ofMinutes(2);

    private final Class<?> main;
    private final String classPath;
    private final List<String> options;
    /** Of the archive. */
    private final @Nullable Path folder;

    private Program(Class<?> main, String classPath, List<String> options, @Nullable Path folder) {
        this.main = main;
        this.classPath = classPath;
        this.options = List.copyOf(options);
        this.folder = folder;
    }

    /**
     * One that reads its classes one by one.
     *
     * @param options of the machine, such as {@code -Xmx64m}
     */
    static Program of(Class<?> main, List<String> options) {
        return new Program(main, Jvm.classPath(), options, null);
    }

    /** The same for many starts: it is started once, until it says these words, and what it has loaded is kept. */
    Program archived(List<String> arguments, String ready) {
        try {
            Path made = Files.createTempDirectory("tidings-program");
            String jars = jars(classPath, made);
            String archive = made.resolve("classes.jsa").toString();
            // Java says of each class why it is not kept, and a newer one more of an archive that does not fit.
            List<String> silent = with(options, "-Xlog:disable");
            try (Jvm first = Jvm.start(main, jars, with(silent, "-XX:ArchiveClassesAtExit=" + archive), arguments)) {
                first.told(ready);
                first.terminate();
                first.end(END);
            }
            return new Program(main, jars, with(silent, "-XX:SharedArchiveFile=" + archive), made);
        } catch (IOException e) {
            throw new UncheckedIOException("an archive of classes could not be made", e);
        }
    }

    Jvm start(List<String> arguments) {
        return Jvm.start(main, classPath, options, arguments);
    }

    private static List<String> with(List<String> options, String... more) {
        return Stream.concat(options.stream(), Stream.of(more)).toList();
    }

    /** The same class path with its folders as jars: an archive is not made of folders. */
    private static String jars(String classPath, Path folder) throws IOException {
        List<String> entries = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            entries.add(
                    Files.isDirectory(path)
                            ? jar(path, folder.resolve(entries.size() + ".jar")).toString()
                            : entry);
        }
        return String.join(File.pathSeparator, entries);
    }

    private static Path jar(Path classes, Path jar) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(classes)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            for (Path each : files) {
                out.putNextEntry(
                        new JarEntry(classes.relativize(each).toString().replace(File.separatorChar, '/')));
                Files.copy(each, out);
            }
        }
        return jar;
    }

    @Override
    public void close() {
        if (folder == null) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("an archive of classes could not be removed", e);
        }
    }
}
