package io.tidings.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SendingHoursTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final ZoneId HONOLULU = ZoneId.of("Pacific/Honolulu");

    private static Optional<Instant> next(SendingHours hours, String now, ZoneId... zones) {
        return hours.next(Instant.parse(now), List.of(zones));
    }

    @Test
    void the_hours_begin_with_their_first_minute_and_end_before_their_last() {
        SendingHours hours = SendingHours.between(8, 21);

        assertThat(next(hours, "2026-01-15T12:59:59Z", NEW_YORK)).contains(Instant.parse("2026-01-15T13:00:00Z"));
        assertThat(next(hours, "2026-01-15T13:00:00Z", NEW_YORK)).contains(Instant.parse("2026-01-15T13:00:00Z"));
        assertThat(next(hours, "2026-01-16T01:59:59Z", NEW_YORK)).contains(Instant.parse("2026-01-16T01:59:59Z"));
        assertThat(next(hours, "2026-01-16T02:00:00Z", NEW_YORK)).contains(Instant.parse("2026-01-16T13:00:00Z"));
    }

    @Test
    void several_zones_must_all_allow_it() {
        SendingHours hours = SendingHours.between(8, 21);

        assertThat(next(hours, "2026-01-15T13:00:00Z", NEW_YORK, HONOLULU))
                .contains(Instant.parse("2026-01-15T18:00:00Z"));
        assertThat(next(hours, "2026-01-16T02:00:00Z", NEW_YORK, HONOLULU))
                .contains(Instant.parse("2026-01-16T18:00:00Z"));
    }

    @Test
    void hours_that_never_meet_have_no_next() {
        assertThat(next(SendingHours.between(8, 10), "2026-01-15T12:00:00Z", NEW_YORK, HONOLULU))
                .isEmpty();
    }

    @Test
    void hours_may_run_over_midnight() {
        SendingHours night = SendingHours.between(22, 2);

        assertThat(next(night, "2026-01-15T06:59:00Z", NEW_YORK)).contains(Instant.parse("2026-01-15T06:59:00Z"));
        assertThat(next(night, "2026-01-15T07:00:00Z", NEW_YORK)).contains(Instant.parse("2026-01-16T03:00:00Z"));
    }

    @Test
    void hours_without_a_length_are_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> SendingHours.between(8, 8));
    }

    /**
     * Every seventh minute of two and a half days around a change of the clocks, compared with a search minute by minute: the hours
     * begin inside the gap, inside the hour that comes twice, or far from both.
     */
    @ParameterizedTest
    @CsvSource({
        "America/New_York, 2026-03-08T07:00:00Z",
        "America/New_York, 2026-11-01T06:00:00Z",
        "Europe/Berlin, 2026-03-29T01:00:00Z",
        "Europe/Berlin, 2026-10-25T01:00:00Z",
        "Australia/Lord_Howe, 2026-04-04T15:00:00Z",
        "Australia/Lord_Howe, 2026-10-03T15:30:00Z",
        "America/Havana, 2026-03-08T05:00:00Z",
        "America/Havana, 2026-11-01T05:00:00Z",
        "America/St_Johns, 2026-03-08T05:30:00Z",
        "Pacific/Auckland, 2026-09-26T14:00:00Z",
    })
    void the_nights_of_a_change_of_clocks_are_right(String name, Instant change) {
        ZoneId zone = ZoneId.of(name);
        assertThat(zone.getRules().nextTransition(change.minusSeconds(1)).getInstant())
                .isEqualTo(change);
        for (SendingHours hours : List.of(
                SendingHours.between(8, 21),
                new SendingHours(LocalTime.of(2, 30), LocalTime.of(5, 0)),
                new SendingHours(LocalTime.of(1, 45), LocalTime.of(1, 50)),
                new SendingHours(LocalTime.of(0, 0), LocalTime.of(0, 30)),
                SendingHours.between(22, 2))) {
            Instant start = change.minus(Duration.ofHours(30));
            for (int minute = 0; minute < 60 * 60; minute += 7) {
                Instant now = start.plus(Duration.ofMinutes(minute));
                assertThat(hours.next(now, List.of(zone)))
                        .as("%s at %s in %s", hours, now, zone)
                        .contains(searched(hours, now, zone));
            }
        }
    }

    private static Instant searched(SendingHours hours, Instant now, ZoneId zone) {
        Instant at = now;
        while (!hours.allow(at, zone)) {
            at = at.plus(Duration.ofMinutes(1));
        }
        return at;
    }
}
