package io.tidings.retry;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** How long an error code makes a message wait at least; backoff comes on top. Written in the table by {@link #text()}. */
public sealed interface WaitRule {

    /** No wait of its own. */
    WaitRule NONE = new After(Duration.ZERO);

    /** The least wait, seen from this moment. Never negative. */
    Duration from(Instant now);

    /** What {@link #parse} reads: an ISO duration, {@code next-midnight-} with a zone, or nothing. */
    String text();

    /**
     * Reads the table's notation: {@code PT2M}, {@code next-midnight-America/Los_Angeles} or an empty text for
     * {@link #NONE}. Throws {@code IllegalArgumentException} for anything else.
     */
    static WaitRule parse(String text) {
        if (text.isEmpty()) {
            return NONE;
        }
        try {
            return text.startsWith(NextMidnight.PREFIX)
                    ? new NextMidnight(ZoneId.of(text.substring(NextMidnight.PREFIX.length())))
                    : new After(Duration.parse(text));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "a wait is an ISO duration such as PT2M, or next-midnight- and a zone, got '" + text + "'", e);
        }
    }

    /**
     * A fixed time.
     *
     * @param atLeast zero or more
     */
    record After(Duration atLeast) implements WaitRule {

        /** Refuses a negative time. */
        public After {
            if (atLeast.isNegative()) {
                throw new IllegalArgumentException("a wait cannot be negative, got " + atLeast);
            }
        }

        @Override
        public Duration from(Instant now) {
            return atLeast;
        }

        @Override
        public String text() {
            return atLeast.isZero() ? "" : atLeast.toString();
        }
    }

    /**
     * Until the next day begins somewhere: how carriers count daily limits (T-Mobile: midnight Pacific time).
     *
     * @param zone whose day counts; nights with a clock change are as long as they are
     */
    record NextMidnight(ZoneId zone) implements WaitRule {
        static final String PREFIX = "next-midnight-";

        @Override
        public Duration from(Instant now) {
            LocalDate tomorrow = LocalDate.ofInstant(now, zone).plusDays(1);
            return Duration.between(now, tomorrow.atStartOfDay(zone).toInstant());
        }

        @Override
        public String text() {
            return PREFIX + zone;
        }
    }
}
