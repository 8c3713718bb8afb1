package io.tidings.retry;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.tidings.message.ErrorKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the table from CSV: {@code code,family,kind,wait,pause,suppress,resend,explanation,advice}. A code is one number
 * or a range such as {@code 13201-13258}; a row for one number wins over a range around it.
 */
final class ErrorCodeTable {
    private static final String STANDARD = "error-codes.csv";
    private static final int LONGEST_RANGE = 100;

    private ErrorCodeTable() {}

    static NavigableMap<Integer, ErrorCode> standard() {
        try (InputStream stream = ErrorCodeTable.class.getResourceAsStream(STANDARD)) {
            if (stream == null) {
                throw new IllegalStateException(STANDARD + " is missing from the jar; take messaging-core unmodified");
            }
            return read(new InputStreamReader(stream, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(STANDARD + " cannot be read; take messaging-core unmodified", e);
        }
    }

    static NavigableMap<Integer, ErrorCode> read(Reader csv) throws IOException {
        NavigableMap<Integer, ErrorCode> single = new TreeMap<>();
        List<ErrorCode> ranged = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(csv)) {
            for (NamedCsvRecord row : rows) {
                List<ErrorCode> codes = parse(row);
                if (codes.size() > 1) {
                    ranged.addAll(codes);
                } else {
                    putOnce(single, codes.get(0), row);
                }
            }
        }
        ranged.forEach(code -> single.putIfAbsent(code.code(), code));
        return single;
    }

    private static void putOnce(NavigableMap<Integer, ErrorCode> into, ErrorCode code, NamedCsvRecord row) {
        if (into.put(code.code(), code) != null) {
            throw problem(row, "code " + code.code() + " has two rows; keep one", null);
        }
    }

    private static List<ErrorCode> parse(NamedCsvRecord row) {
        try {
            String[] bounds = row.getField("code").split("-", 2);
            int first = Integer.parseInt(bounds[0]);
            int last = Integer.parseInt(bounds[bounds.length - 1]);
            if (last < first || last - first >= LONGEST_RANGE) {
                throw new IllegalArgumentException(
                        "a range goes upwards over at most " + LONGEST_RANGE + " codes, got " + first + "-" + last);
            }
            List<ErrorCode> codes = new ArrayList<>();
            for (int code = first; code <= last; code++) {
                codes.add(code(code, row));
            }
            return codes;
        } catch (IllegalArgumentException | NoSuchElementException e) {
            throw problem(row, e.getMessage(), e);
        }
    }

    private static ErrorCode code(int code, NamedCsvRecord row) {
        Handling handling = new Handling(
                ErrorKind.valueOf(row.getField("kind")),
                WaitRule.parse(row.getField("wait")),
                Pause.Scope.valueOf(row.getField("pause").toUpperCase(Locale.ROOT)),
                yes(row, "suppress"),
                yes(row, "resend"));
        return new ErrorCode(
                code,
                ErrorCode.Family.valueOf(row.getField("family")),
                handling,
                row.getField("explanation"),
                row.getField("advice"));
    }

    private static boolean yes(NamedCsvRecord row, String field) {
        String value = row.getField(field);
        if (!value.equals("yes") && !value.equals("no")) {
            throw new IllegalArgumentException(field + " is yes or no, got '" + value + "'");
        }
        return value.equals("yes");
    }

    private static IllegalArgumentException problem(
            NamedCsvRecord row, @Nullable String what, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                "error-code table, line " + row.getStartingLineNumber() + ": " + what, cause);
    }
}
