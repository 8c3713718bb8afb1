package io.tidings.report;

import java.util.regex.Pattern;

/** For whom a table is written. In both modes reading gives back exactly what was written. */
public enum CsvMode {
    /**
     * For a spreadsheet, the default: begins with a byte order mark, and a cell that a spreadsheet could take for a
     * formula (beginning with = + - @, one of their full-width forms, TAB, CR, LF or NUL, also behind blanks) gets an
     * apostrophe before it, phone numbers too. A cell that has such an apostrophe already gets one more.
     */
    SPREADSHEET {
        @Override
        String written(String cell) {
            return ACTIVE.matcher(cell).lookingAt() ? "'" + cell : cell;
        }

        @Override
        public String read(String cell) {
            return cell.startsWith("'") && ACTIVE.matcher(cell).lookingAt() ? cell.substring(1) : cell;
        }
    },
    /** For programs: RFC 4180 and nothing else. A spreadsheet may execute what people wrote. */
    DATA {
        @Override
        String written(String cell) {
            return cell;
        }

        @Override
        public String read(String cell) {
            return cell;
        }
    };

    private static final Pattern ACTIVE =
            Pattern.compile("'*[ \\u00A0]*[=+\\-@\\uFF1D\\uFF0B\\uFF0D\\uFF20\\t\\r\\n\\x00]");

    abstract String written(String cell);

    /** What a cell that was read from such a table stood for. */
    public abstract String read(String cell);
}
