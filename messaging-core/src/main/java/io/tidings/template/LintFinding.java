package io.tidings.template;

import java.util.Comparator;

/**
 * Something that the linter found.
 *
 * @param file the file's name inside the folder
 * @param line from 1; 1 if the finding is about the whole file
 * @param column from 1
 * @param severity whether a build should fail
 * @param rule which rule found it
 * @param message what is wrong and what to do
 */
public record LintFinding(String file, int line, int column, Severity severity, Rule rule, String message)
        implements Comparable<LintFinding> {
    private static final Comparator<LintFinding> ORDER = Comparator.comparing(LintFinding::file)
            .thenComparingInt(LintFinding::line)
            .thenComparingInt(LintFinding::column)
            .thenComparing(LintFinding::rule)
            .thenComparing(LintFinding::message);

    @Override
    public int compareTo(LintFinding other) {
        return ORDER.compare(this, other);
    }

    /** As compilers print it: {@code order-ready.txt:3:7 error …}. */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + " " + (severity == Severity.ERROR ? "error " : "warning ") + message;
    }

    /** Whether a build should fail. */
    public enum Severity {
        /** The template does not work, or breaks a rule it declares. */
        ERROR,
        /** It works, but costs more or looks other than somebody may think. */
        WARNING
    }

    /** The rules. */
    public enum Rule {
        /** The file's name, encoding or header is wrong. */
        FILE,
        /** The text is no template. */
        SYNTAX,
        /** The text uses a variable that the header does not declare. */
        UNKNOWN_VARIABLE,
        /** No text uses a declared variable. */
        UNUSED_VARIABLE,
        /** A character forces UCS-2. */
        FORCES_UCS2,
        /** More segments than allowed, or more characters than a provider takes, with the sample values. */
        TOO_LONG,
        /** The segments cannot be counted: a variable has no sample value. */
        NO_SAMPLE,
        /** Blanks at the end of a line or text. */
        TRAILING_BLANKS,
        /** A wanted locale has no text. */
        MISSING_LOCALE
    }
}
