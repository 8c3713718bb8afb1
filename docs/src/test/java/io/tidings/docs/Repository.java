package io.tidings.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The files of this repository as a reader finds them: without what a build or an editor puts there. */
final class Repository {
    private static final Set<String> NOT_OURS = Set.of("target", ".git", ".idea", ".vscode", "node_modules", "results");
    private static final Pattern TEXT =
            Pattern.compile(".*\\.(md|java|xml|ya?ml|properties|csv|tsv|txt|json|sh|config|kts?|ts|js|html|css)|[^.]+");
    private static final Path ROOT = root(Path.of("").toAbsolutePath());

    private Repository() {}

    private static Path root(Path start) {
        Path here = start;
        while (!Files.exists(here.resolve("LICENSE")) || !Files.exists(here.resolve("messaging-core"))) {
            Path parent = here.getParent();
            if (parent == null) {
                throw new IllegalStateException("run this test inside the repository, not in " + start);
            }
            here = parent;
        }
        return here;
    }

    static Path file(String path) {
        return ROOT.resolve(path);
    }

    /** The path from the root, with slashes. */
    static String name(Path file) {
        return ROOT.relativize(file).toString().replace('\\', '/');
    }

    static List<Path> pages() {
        return texts().stream().filter(file -> file.toString().endsWith(".md")).toList();
    }

    /** Every text file. */
    static List<Path> texts() {
        List<Path> files = new ArrayList<>();
        try {
            Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    boolean skipped = NOT_OURS.contains(folder.getFileName().toString());
                    return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile()
                            && TEXT.matcher(file.getFileName().toString()).matches()) {
                        files.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files.stream().sorted().toList();
    }

    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name(file) + " as UTF-8", e);
        }
    }
}
