package io.tidings.retry;

import io.tidings.message.ErrorKind;
import java.util.Collection;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The table of provider error codes: data, not code, because Twilio says that codes may change. Default
 * {@link #standard()}; a host replaces single rows by {@link #with}. Immutable, so safe for use by many threads.
 *
 * <p>A code outside the table is never retried: its message is parked for an operator, because repeating a request for a
 * reason nobody knows can cost money and good will.
 */
public final class ErrorCodes {
    private static final String LOOK_UP =
            "Look at the attempt and at the provider's own log, settle the cause, then replay.";

    private final NavigableMap<Integer, ErrorCode> rows;

    private ErrorCodes(NavigableMap<Integer, ErrorCode> rows) {
        this.rows = Collections.unmodifiableNavigableMap(rows);
    }

    /** The table that comes with Tidings. */
    public static ErrorCodes standard() {
        return Standard.CODES;
    }

    /** The same table with this row added, or put in the place of the row with the same code. */
    public ErrorCodes with(ErrorCode override) {
        NavigableMap<Integer, ErrorCode> copy = new TreeMap<>(rows);
        copy.put(override.code(), override);
        return new ErrorCodes(copy);
    }

    /**
     * The row of a code. Never fails: a code outside the table gets a row that is never retried, and 0 or a negative
     * number means that the provider gave none.
     */
    public ErrorCode of(int code) {
        int known = Math.max(code, 0);
        ErrorCode row = rows.get(known);
        return row != null ? row : unlisted(known);
    }

    /** Whether the table has a row of its own for this code. */
    public boolean contains(int code) {
        return rows.containsKey(code);
    }

    /** All rows, by ascending code; ranges of the table appear as one row per code. */
    public Collection<ErrorCode> all() {
        return rows.values();
    }

    private static ErrorCode unlisted(int code) {
        String explanation = code == 0
                ? "The provider gave no error code."
                : "The provider gave a code that the table does not know.";
        Handling handling = Handling.of(ErrorKind.CONFIGURATION);
        return new ErrorCode(code, ErrorCode.Family.UNLISTED, handling, explanation, LOOK_UP);
    }

    /** Reads the resource once, on first use. */
    private static final class Standard {
        static final ErrorCodes CODES = new ErrorCodes(ErrorCodeTable.standard());
    }
}
