package io.tidings.jdbc.torture;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What processes of this class path load, read and verified once in a {@link Rehearsal} and mapped from then on: half of the
 * processor time of a start. It is made once for what is compiled, in {@code target}. While it is not there, cannot be made or does
 * not fit, processes start without it.
 */
final class ClassArchive {
    private static final int SECONDS_TO_MAKE = 120;
    private static final Path FOLDER = Path.of("target", "class-archive").toAbsolutePath();

    private final List<Path> original;
    private final List<Path> jars = new ArrayList<>();
    private final Path folder;

    private ClassArchive(List<Path> original) throws IOException {
        this.original = original;
        this.folder = FOLDER.resolve(name(original));
        for (Path entry : original) {
            jars.add(Files.isDirectory(entry) ? folder.resolve(jars.size() + ".jar") : entry);
        }
    }

    /** The options for the class path, and for the archive if there is one by now. */
    static List<String> options() {
        ClassArchive known = Known.ARCHIVE;
        // One that does not fit is ignored, and what a newer Java says about it would be taken for the process's words.
        return known != null && Files.exists(known.file())
                ? List.of("-Xlog:disable", "-XX:SharedArchiveFile=" + known.file(), "-cp", joined(known.jars))
                : List.of("-cp", Known.PATH);
    }

    private static final class Known {
        static final String PATH =
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        static final @Nullable ClassArchive ARCHIVE = make();

        private static @Nullable ClassArchive make() {
            try {
                ClassArchive archive = new ClassArchive(Stream.of(PATH.split(File.pathSeparator))
                        .map(Path::of)
                        .filter(Files::exists)
                        .toList());
                archive.makeOnce();
                return archive;
            } catch (IOException | UncheckedIOException e) {
                System.out.println("processes start without an archive of classes: " + e);
                return null;
            }
        }
    }

    /** Another one for another Java, and after a change to what is on the class path. */
    private static String name(List<Path> original) throws IOException {
        long hash = (System.getProperty("java.home") + System.getProperty("java.vm.version")).hashCode();
        for (Path entry : original) {
            try (Stream<Path> files = Files.walk(entry)) {
                for (Path file : files.sorted().toList()) {
                    BasicFileAttributes known = Files.readAttributes(file, BasicFileAttributes.class);
                    hash = 31 * hash + file.hashCode();
                    hash = known.isDirectory()
                            ? hash
                            : 31 * hash
                                    + known.size()
                                    + known.lastModifiedTime().hashCode();
                }
            }
        }
        return Long.toHexString(hash);
    }

    private Path file() {
        return folder.resolve("classes.jsa");
    }

    private static String joined(List<Path> entries) {
        return String.join(
                File.pathSeparator, entries.stream().map(Path::toString).toList());
    }

    /** Unless somebody has made it, or does so now: nobody waits for another one. */
    private void makeOnce() throws IOException {
        try {
            Files.createDirectories(FOLDER);
            Files.createDirectory(folder);
        } catch (FileAlreadyExistsException e) {
            return;
        }
        for (int i = 0; i < jars.size(); i++) {
            if (Files.isDirectory(original.get(i))) {
                pack(original.get(i), jars.get(i));
            }
        }
        Path part = folder.resolve("part.jsa");
        run("-XX:ArchiveClassesAtExit=" + part, "-cp", joined(jars), Rehearsal.class.getName());
        run("-Xshare:on", "-XX:SharedArchiveFile=" + part, "-cp", joined(jars), "-version");
        Files.move(part, file(), StandardCopyOption.ATOMIC_MOVE);
    }

    private void run(String... options) throws IOException {
        List<String> command = Jvm.command();
        command.addAll(List.of(options));
        Path log = folder.resolve("rehearsal.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        try {
            if (!process.waitFor(SECONDS_TO_MAKE, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("a process did not end well, see " + log);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("nobody waited for the archive");
        } finally {
            process.destroyForcibly();
        }
    }

    /** An archive is of jars alone. */
    private static void pack(Path folder, Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.filter(Files::isRegularFile).sorted().toList()) {
                out.putNextEntry(new JarEntry(folder.relativize(each).toString().replace(File.separatorChar, '/')));
                Files.copy(each, out);
            }
        }
    }
}
