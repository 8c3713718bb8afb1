package io.tidings.throttle;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of permits per span of time, such as 100 per second.
 *
 * <p>Accepted are 1,000,000 per second as the fastest and one in 100 days as the slowest; anything else is an
 * {@link IllegalArgumentException}. Immutable. Two rates are equal when both components are: {@code 60/min} is not
 * {@code 1/s}, although a bucket paces both alike.
 *
 * @param permits how many permits, at least 1
 * @param per the span of time in which they accrue, at most 100 days
 */
public record Rate(long permits, Duration per) {
    private static final Duration LONGEST = Duration.ofDays(100);
    private static final long NANOS_PER_PERMIT = 1_000;
    private static final long MOST = LONGEST.toNanos() / NANOS_PER_PERMIT;
    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,13})\\s*/\\s*([a-z]{1,7})");
    private static final Map<String, Duration> UNITS = Map.ofEntries(
            Map.entry("s", Duration.ofSeconds(1)),
            Map.entry("sec", Duration.ofSeconds(1)),
            Map.entry("second", Duration.ofSeconds(1)),
            Map.entry("min", Duration.ofMinutes(1)),
            Map.entry("minute", Duration.ofMinutes(1)),
            Map.entry("h", Duration.ofHours(1)),
            Map.entry("hour", Duration.ofHours(1)),
            Map.entry("d", Duration.ofDays(1)),
            Map.entry("day", Duration.ofDays(1)));

    /** Checks that the rate is one a bucket can keep. */
    public Rate {
        if (permits < 1) {
            throw new IllegalArgumentException("A rate needs at least 1 permit, not " + permits
                    + ". To stop a sender, pause it instead of giving it a rate.");
        }
        if (per.isNegative() || per.isZero() || per.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "A rate needs a span of time above zero and of at most 100 days, not " + per + ".");
        }
        if (permits > MOST || permits * NANOS_PER_PERMIT > per.toNanos()) {
            throw new IllegalArgumentException("A rate is at most 1,000,000 permits per second; " + permits + " per "
                    + per + " is more. Use fewer permits or a longer span.");
        }
    }

    /** A rate per second: {@code Rate.perSecond(100)} is Twilio's usual pace of a short code. */
    public static Rate perSecond(long permits) {
        return new Rate(permits, Duration.ofSeconds(1));
    }

    /** A rate per minute. */
    public static Rate perMinute(long permits) {
        return new Rate(permits, Duration.ofMinutes(1));
    }

    /**
     * The rate written as {@code 100/s}, {@code 60/min}, {@code 500/h} or {@code 10000/day}; long unit names
     * ({@code second}, {@code minute}, {@code hour}) and spaces around the slash are accepted.
     *
     * @throws IllegalArgumentException when the text is not such a rate
     */
    public static Rate parse(String text) {
        Matcher written = WRITTEN.matcher(text.strip().toLowerCase(Locale.ROOT));
        Duration per = written.matches() ? UNITS.get(written.group(2)) : null;
        if (per == null) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a rate. Write a number, a slash and s, min, h or day, such as 100/s.");
        }
        return new Rate(Long.parseLong(written.group(1)), per);
    }

    /**
     * This rate slowed to a share of itself, at least one permit in 100 days.
     *
     * @param share above 0 and at most 1
     */
    public Rate times(double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("A share of a rate lies above 0 and is at most 1, not " + share + ".");
        }
        if (share == 1) {
            return this;
        }
        double nanos = Math.ceil(per.toNanos() / share);
        return nanos <= LONGEST.toNanos()
                ? new Rate(permits, Duration.ofNanos((long) nanos))
                : new Rate(Math.max(1, (long) (permits * share)), per);
    }

    /** Permits per second, for reports; the buckets do not calculate with it. */
    public double perSecond() {
        return permits * 1e9 / per.toNanos();
    }

    /** The rate as {@link #parse} reads it where the span has a unit name, otherwise with the span in ISO form. */
    @Override
    public String toString() {
        if (per.equals(Duration.ofSeconds(1))) {
            return permits + "/s";
        }
        if (per.equals(Duration.ofMinutes(1))) {
            return permits + "/min";
        }
        if (per.equals(Duration.ofHours(1))) {
            return permits + "/h";
        }
        return permits + "/" + (per.equals(Duration.ofDays(1)) ? "day" : per);
    }
}
