package io.tidings.docs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The part of a source file between {@code // tag::name} and {@code // end::name}, moved to the left margin. */
final class Snippet {
    private static final Pattern ANY_TAG = Pattern.compile("\\s*// (tag|end)::\\S+");

    private Snippet() {}

    /** What {@code path/to/File.java#name} stands for. */
    static List<String> read(String reference) {
        int hash = reference.lastIndexOf('#');
        Path file = Repository.file(reference.substring(0, hash));
        if (!Files.exists(file)) {
            throw new IllegalArgumentException("there is no file " + reference.substring(0, hash));
        }
        return cut(Repository.lines(file), reference.substring(hash + 1));
    }

    static List<String> cut(List<String> lines, String name) {
        int start = lineOf("tag", name, lines);
        int end = lineOf("end", name, lines);
        List<String> region = lines.subList(start + 1, Math.max(start + 1, end)).stream()
                .filter(line -> !ANY_TAG.matcher(line).matches())
                .toList();
        int margin = region.stream()
                .filter(line -> !line.isBlank())
                .mapToInt(line -> line.length() - line.stripLeading().length())
                .min()
                .orElseThrow(
                        () -> new IllegalArgumentException("nothing is between tag::" + name + " and end::" + name));
        return region.stream()
                .map(line -> line.isBlank() ? "" : line.substring(margin))
                .toList();
    }

    private static int lineOf(String word, String name, List<String> lines) {
        Pattern mark = Pattern.compile("\\s*// " + word + "::" + Pattern.quote(name) + "(\\[\\])?\\s*");
        for (int i = 0; i < lines.size(); i++) {
            if (mark.matcher(lines.get(i)).matches()) {
                return i;
            }
        }
        throw new IllegalArgumentException("there is no line // " + word + "::" + name);
    }
}
