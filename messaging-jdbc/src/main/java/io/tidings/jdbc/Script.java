package io.tidings.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * One numbered script. Each of its statements may run twice.
 *
 * @param version its number, from 1 without gaps
 * @param path where it lies in the jar
 * @param text what is in it
 */
record Script(int version, String path, String text) {
    private static final Pattern COMMENT = Pattern.compile("(?m)^--.*$");
    private static final Pattern END = Pattern.compile(";\\s*(?:\\n|$)");
    private static final String FOLDER = "io/tidings/jdbc/";

    /** The scripts of a dialect, as the list beside them names them. */
    static List<Script> of(Dialect dialect) {
        List<Script> scripts = new ArrayList<>();
        for (String file : resource(dialect, "scripts.txt").lines().toList()) {
            scripts.add(
                    new Script(scripts.size() + 1, FOLDER + dialect.folder() + "/" + file, resource(dialect, file)));
        }
        return List.copyOf(scripts);
    }

    static String resource(Dialect dialect, String file) {
        String name = dialect.folder() + "/" + file;
        try (InputStream in = Script.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the jar cannot be read", e);
        }
    }

    String file() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Tells scripts apart; no protection against anybody. */
    long checksum() {
        CRC32 sum = new CRC32();
        sum.update(text.replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8));
        return sum.getValue();
    }

    /** Its statements: each ends with a semicolon at the end of a line. */
    List<String> statements() {
        List<String> statements = new ArrayList<>();
        for (String part : END.split(COMMENT.matcher(text).replaceAll(""), -1)) {
            if (!part.isBlank()) {
                statements.add(part.strip());
            }
        }
        return statements;
    }
}
