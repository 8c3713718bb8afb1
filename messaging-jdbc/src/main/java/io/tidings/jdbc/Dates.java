package io.tidings.jdbc;

import java.time.Instant;
import java.time.LocalDate;

/** Reads dates in the form that {@link Instant#toString} gives them, without the formatter that would read any form. */
final class Dates {
    private static final String FORM = "0000-00-00T00:00:00";
    private static final int MOST_DIGITS = 9;
    private static final long SECONDS_PER_DAY = 86_400;

    private Dates() {}

    /** The same as {@link Instant#parse}, for every text. */
    static Instant parse(String text) {
        int last = text.length() - 1;
        if (!isUsual(text, last)) {
            return Instant.parse(text);
        }
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        if (hour > 23 || minute > 59 || second > 59) {
            return Instant.parse(text);
        }
        long day = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10))
                .toEpochDay();
        return Instant.ofEpochSecond(
                day * SECONDS_PER_DAY + hour * 3_600L + minute * 60L + second, nanos(text, FORM.length() + 1, last));
    }

    private static boolean isUsual(String text, int last) {
        int fraction = last - FORM.length() - 1;
        if (last < FORM.length() || fraction == 0 || fraction > MOST_DIGITS || text.charAt(last) != 'Z') {
            return false;
        }
        for (int i = 0; i < last; i++) {
            char due = i < FORM.length() ? FORM.charAt(i) : i == FORM.length() ? '.' : '0';
            char found = text.charAt(i);
            if (due == '0' ? found < '0' || found > '9' : found != due) {
                return false;
            }
        }
        return true;
    }

    private static int nanos(String text, int from, int to) {
        int nanos = from < to ? number(text, from, to) : 0;
        for (int digits = Math.max(0, to - from); digits < MOST_DIGITS; digits++) {
            nanos *= 10;
        }
        return nanos;
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = 10 * number + text.charAt(i) - '0';
        }
        return number;
    }
}
