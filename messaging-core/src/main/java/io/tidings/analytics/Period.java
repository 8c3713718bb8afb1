package io.tidings.analytics;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A span of full hours in which messages were taken in.
 *
 * @param from the first instant, cut to the hour
 * @param until the first instant behind it, raised to the next full hour
 */
public record Period(Instant from, Instant until) {
    /** Widens the span to full hours. */
    public Period {
        from = from.truncatedTo(ChronoUnit.HOURS);
        Instant hour = until.truncatedTo(ChronoUnit.HOURS);
        until = hour.equals(until) ? hour : hour.plus(1, ChronoUnit.HOURS);
        if (!from.isBefore(until)) {
            throw new IllegalArgumentException("a period ends after it begins, got " + from + " to " + until);
        }
    }

    /** The span of the same length that ends where this one begins. */
    public Period before() {
        return new Period(from.minus(Duration.between(from, until)), from);
    }
}
