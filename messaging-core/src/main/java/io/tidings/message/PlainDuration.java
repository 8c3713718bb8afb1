package io.tidings.message;

import java.time.Duration;
import java.util.Locale;

/** Durations as people write them: {@code 8 ms}, {@code 2.5 s}, {@code 1 h 30 min}. For reading, to the millisecond. */
public final class PlainDuration {
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final int NANOS_OF_HALF_A_MILLI = 500_000;

    private PlainDuration() {}

    /** From a minute on in hours, minutes and whole seconds, of which those that are 0 are left out. */
    public static String of(Duration duration) {
        if (duration.isNegative()) {
            return "-" + of(duration.negated());
        }
        long millis = duration.plusNanos(NANOS_OF_HALF_A_MILLI).toMillis();
        if (millis < SECOND) {
            return millis + " ms";
        }
        return millis < MINUTE ? seconds(millis) : parts(Duration.ofMillis(millis));
    }

    private static String seconds(long millis) {
        String fraction = String.format(Locale.ROOT, "%03d", millis % SECOND).replaceAll("0+$", "");
        return millis / SECOND + (fraction.isEmpty() ? "" : "." + fraction) + " s";
    }

    private static String parts(Duration duration) {
        String text = part(duration.toHours(), "h")
                + part(duration.toMinutesPart(), "min")
                + part(duration.toSecondsPart(), "s");
        return text.strip();
    }

    private static String part(long amount, String unit) {
        return amount == 0 ? "" : " " + amount + " " + unit;
    }
}
