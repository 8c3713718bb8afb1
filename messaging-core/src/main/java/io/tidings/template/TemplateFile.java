package io.tidings.template;

import io.tidings.template.TemplateProblemException.Kind;
import io.tidings.template.TemplateProblemException.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A template in a file: {@code name.txt} for the default text, {@code name.es-MX.txt} for a locale; an optional header
 * between two lines of {@code ---}; the text. One line break at the end belongs to the file, not to the text.
 */
record TemplateFile(String file, String name, Locale locale, Map<String, String> header, int firstLine, String text) {
    static final String VARIABLE = "variable.";

    private static final Pattern FILE =
            Pattern.compile("([A-Za-z0-9][A-Za-z0-9_-]{0,63})(?:\\.([A-Za-z0-9-]+))?\\.txt");
    private static final Pattern SETTING =
            Pattern.compile("(segments|encoding|variable\\.[A-Za-z][A-Za-z0-9_]{0,63})\\s*:(.*)");
    private static final String FENCE = "---";

    /** The files of a folder, sorted by name; not of its subfolders. */
    static Stream<Path> in(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".txt")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the templates in " + folder.getFileName(), e);
        }
    }

    /** Reads the file. Throws {@link TemplateProblemException} with the line of the file. */
    static TemplateFile read(Path path) {
        String file = String.valueOf(path.getFileName());
        Matcher matcher = FILE.matcher(file);
        if (!matcher.matches()) {
            throw problem(
                    file,
                    1,
                    "a template's file is called name.txt or name.locale.txt, with letters, digits, _"
                            + " or - in its name");
        }
        String content = content(path, file);
        Locale locale = locale(file, matcher.group(2) == null ? "" : matcher.group(2));
        if (!content.startsWith(FENCE + "\n")) {
            return new TemplateFile(file, matcher.group(1), locale, Map.of(), 1, content);
        }
        int end = (content + "\n").indexOf("\n" + FENCE + "\n");
        if (end < 0) {
            throw problem(file, 1, "the header that begins here does not end; write --- on a line of its own below it");
        }
        String header = content.substring(Math.min(end, FENCE.length() + 1), end);
        int lines = (int) header.lines().count();
        return new TemplateFile(
                file,
                matcher.group(1),
                locale,
                settings(file, header),
                lines + 3,
                content.substring(Math.min(content.length(), end + FENCE.length() + 2)));
    }

    private static String content(Path path, String file) {
        try {
            String content = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(path)))
                    .toString();
            String unix = (content.startsWith("\ufeff") ? content.substring(1) : content).replace("\r\n", "\n");
            return unix.endsWith("\n") ? unix.substring(0, unix.length() - 1) : unix;
        } catch (CharacterCodingException e) {
            throw problem(file, 1, "the file is not UTF-8; save it as UTF-8");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the template " + file, e);
        }
    }

    private static Locale locale(String file, String tag) {
        Locale locale = Locale.forLanguageTag(tag);
        if (!tag.isEmpty() && !locale.toLanguageTag().equals(tag)) {
            throw problem(file, 1, "'" + tag + "' is no language tag; write it like es or es-MX");
        }
        return locale;
    }

    private static Map<String, String> settings(String file, String header) {
        Map<String, String> settings = new LinkedHashMap<>();
        int line = 1;
        for (String text : header.lines().toList()) {
            line++;
            Matcher matcher = SETTING.matcher(text.strip());
            if (text.isBlank() || text.startsWith("#")) {
                continue;
            }
            if (!matcher.matches()) {
                throw problem(
                        file,
                        line,
                        "a header has lines like 'variable.name: a sample value', 'segments: 1' or 'encoding: UCS-2'");
            }
            if (settings.put(matcher.group(1), matcher.group(2).strip()) != null) {
                throw problem(file, line, "'" + matcher.group(1) + "' stands twice in the header; keep one");
            }
        }
        return settings;
    }

    private static TemplateProblemException problem(String file, int line, String what) {
        return new TemplateProblemException(Kind.SYNTAX, file, new Place(line, 1), null, what);
    }
}
