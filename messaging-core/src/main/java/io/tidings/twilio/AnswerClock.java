package io.tidings.twilio;

import io.tidings.message.TimeSource;
import io.tidings.provider.ProviderClock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The clock of a server by the {@code Date} of its newest answer. Safe for use by many threads. */
final class AnswerClock implements ProviderClock {
    /** The header tells whole seconds; on average half of one has passed. */
    private static final Duration CUT_OFF = Duration.ofMillis(500);

    private final TimeSource time;
    private volatile @Nullable Reading newest;

    private record Reading(String told, Instant date, long nanos) {}

    AnswerClock(TimeSource time) {
        this.time = time;
    }

    /** Takes the date of an answer that has just come; one that cannot be read says nothing. */
    void saw(@Nullable String date) {
        if (date == null) {
            return;
        }
        Reading last = newest;
        if (last != null && last.told().equals(date)) {
            // Hundreds of answers tell the same second; to read a date takes a tenth of the work of a send.
            newest = new Reading(last.told(), last.date(), time.nanos());
            return;
        }
        try {
            Instant told = DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
            newest = new Reading(date, told.plus(CUT_OFF), time.nanos());
        } catch (DateTimeException e) {
            // A middlebox may write anything; the last good date goes on.
        }
    }

    @Override
    public Optional<Instant> now() {
        return Optional.ofNullable(newest).map(reading -> reading.date().plusNanos(time.nanos() - reading.nanos()));
    }
}
