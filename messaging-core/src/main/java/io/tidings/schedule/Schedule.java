package io.tidings.schedule;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * When something recurs. A day has its local time once, also when clocks change: a time that a change leaves out comes
 * later by the gap, one that comes twice counts the first time. Immutable.
 */
public sealed interface Schedule {

    /** The first occurrence after a moment. */
    Instant next(Instant after);

    /** As {@link #parse} reads it: {@code every PT1H from 2026-06-15T10:00:00Z}, {@code daily 09:00 Europe/Berlin}. */
    String text();

    /** Every so often, counted from the start; at least a minute. */
    static Schedule every(Duration period, Instant start) {
        return new Every(period, start);
    }

    /** Each day at this time of this zone. */
    static Schedule daily(LocalTime at, ZoneId zone) {
        return new Weekly(EnumSet.allOf(DayOfWeek.class), at, zone);
    }

    /** On these days of the week at this time of this zone. */
    static Schedule weekly(LocalTime at, ZoneId zone, DayOfWeek... days) {
        return new Weekly(Set.copyOf(Arrays.asList(days)), at, zone);
    }

    /** Reads {@link #text}. */
    static Schedule parse(String text) {
        String[] words = text.split(" ", -1);
        try {
            if (words.length == 4 && words[0].equals("every")) {
                return every(Duration.parse(words[1]), Instant.parse(words[3]));
            }
            if (words.length == 3 && words[0].equals("daily")) {
                return daily(LocalTime.parse(words[1]), ZoneId.of(words[2]));
            }
            if (words.length == 4 && words[0].equals("weekly")) {
                DayOfWeek[] days = Arrays.stream(words[1].split(",", -1))
                        .map(DayOfWeek::valueOf)
                        .toArray(DayOfWeek[]::new);
                return weekly(LocalTime.parse(words[2]), ZoneId.of(words[3]), days);
            }
        } catch (java.time.DateTimeException e) {
            throw new IllegalArgumentException("'" + text + "' is no schedule", e);
        }
        throw new IllegalArgumentException("'" + text + "' is no schedule; an example is: daily 09:00 Europe/Berlin");
    }

    /**
     * Every so often.
     *
     * @param period at least a minute
     * @param start the first occurrence
     */
    record Every(Duration period, Instant start) implements Schedule {
        private static final Duration SHORTEST = Duration.ofMinutes(1);

        /** Checks the period. */
        public Every {
            if (period.compareTo(SHORTEST) < 0) {
                throw new IllegalArgumentException("a message recurs once a minute at most, got " + period);
            }
        }

        @Override
        public Instant next(Instant after) {
            if (after.isBefore(start)) {
                return start;
            }
            return start.plus(period.multipliedBy(Duration.between(start, after).dividedBy(period) + 1));
        }

        @Override
        public String text() {
            return "every " + period + " from " + start;
        }
    }

    /**
     * On days of the week.
     *
     * @param days which, at least one
     * @param at the local time
     * @param zone of which zone
     */
    record Weekly(Set<DayOfWeek> days, LocalTime at, ZoneId zone) implements Schedule {
        /** Checks and copies the days. */
        public Weekly {
            if (days.isEmpty()) {
                throw new IllegalArgumentException("a weekly schedule has at least one day");
            }
            days = Set.copyOf(days);
        }

        @Override
        public Instant next(Instant after) {
            LocalDate day = after.atZone(zone).toLocalDate();
            while (true) {
                Instant candidate = ZonedDateTime.of(day, at, zone).toInstant();
                if (candidate.isAfter(after) && days.contains(day.getDayOfWeek())) {
                    return candidate;
                }
                day = day.plusDays(1);
            }
        }

        @Override
        public String text() {
            return days.size() == DayOfWeek.values().length
                    ? "daily " + at + " " + zone
                    : "weekly " + days.stream().sorted().map(DayOfWeek::name).collect(Collectors.joining(",")) + " "
                            + at + " " + zone;
        }
    }
}
