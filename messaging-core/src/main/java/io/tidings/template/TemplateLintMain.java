package io.tidings.template;

import io.tidings.template.LintFinding.Severity;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The linter as a command for builds: {@code TemplateLintMain <folder> [--locales es,es-MX] [--max-segments N]
 * [--smart-encoding]}.
 *
 * <p>Prints one finding a line, {@code file:line:column severity message}. Ends with 0 without errors, 1 with errors, 2
 * if the command is wrong.
 */
public final class TemplateLintMain {
    private static final String USAGE =
            "usage: TemplateLintMain <folder> [--locales es,es-MX] [--max-segments N] [--smart-encoding]";

    private TemplateLintMain() {}

    /** Runs the command and ends the process. */
    public static void main(String[] args) {
        System.exit(run(Arrays.asList(args), System.out));
    }

    static int run(List<String> args, PrintStream out) {
        try {
            TemplateLint lint = TemplateLint.defaults();
            Path folder = null;
            for (int i = 0; i < args.size(); i++) {
                switch (args.get(i)) {
                    case "--locales" ->
                        lint = lint.withLocales(Arrays.stream(value(args, ++i).split(",", -1))
                                .map(TemplateLintMain::locale)
                                .collect(Collectors.toSet()));
                    case "--max-segments" -> lint = lint.withMaxSegments(Integer.parseInt(value(args, ++i)));
                    case "--smart-encoding" -> lint = lint.withSmartEncoding();
                    default -> folder = folder(args.get(i), folder != null);
                }
            }
            if (folder == null) {
                throw new IllegalArgumentException("no folder given");
            }
            return report(lint.check(folder), out);
        } catch (IllegalArgumentException | UncheckedIOException e) {
            out.println(e.getMessage());
            out.println(USAGE);
            return 2;
        }
    }

    private static String value(List<String> args, int index) {
        if (index >= args.size()) {
            throw new IllegalArgumentException(args.get(index - 1) + " needs a value");
        }
        return args.get(index);
    }

    private static Locale locale(String tag) {
        Locale locale = Locale.forLanguageTag(tag.strip());
        if (locale.equals(Locale.ROOT) && !tag.equals("und")) {
            throw new IllegalArgumentException(
                    "'" + tag + "' is no language tag; write es, es-MX, or und for the default");
        }
        return locale;
    }

    private static Path folder(String arg, boolean again) {
        if (again || arg.startsWith("--")) {
            throw new IllegalArgumentException("unexpected '" + arg + "'");
        }
        Path folder = Path.of(arg);
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("'" + arg + "' is no folder");
        }
        return folder;
    }

    private static int report(List<LintFinding> findings, PrintStream out) {
        findings.forEach(out::println);
        long errors = findings.stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .count();
        out.println(errors + " errors, " + (findings.size() - errors) + " warnings");
        return errors > 0 ? 1 : 0;
    }
}
