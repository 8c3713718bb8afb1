package io.tidings.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    private static List<String> days(Schedule schedule, String after, int many) {
        List<String> all = new ArrayList<>();
        Instant next = Instant.parse(after);
        for (int i = 0; i < many; i++) {
            next = schedule.next(next);
            all.add(next.toString());
        }
        return all;
    }

    @Test
    void a_day_keeps_its_local_time_when_clocks_change() {
        Schedule nine = Schedule.daily(LocalTime.of(9, 0), NEW_YORK);

        assertThat(days(nine, "2026-03-07T00:00:00Z", 3))
                .containsExactly("2026-03-07T14:00:00Z", "2026-03-08T13:00:00Z", "2026-03-09T13:00:00Z");
        assertThat(days(nine, "2026-10-31T00:00:00Z", 3))
                .containsExactly("2026-10-31T13:00:00Z", "2026-11-01T14:00:00Z", "2026-11-02T14:00:00Z");
    }

    @Test
    void a_time_that_a_day_does_not_have_comes_an_hour_later() {
        assertThat(days(Schedule.daily(LocalTime.of(2, 30), NEW_YORK), "2026-03-07T12:00:00Z", 2))
                .containsExactly("2026-03-08T07:30:00Z", "2026-03-09T06:30:00Z");
    }

    @Test
    void a_time_that_a_day_has_twice_comes_once() {
        assertThat(days(Schedule.daily(LocalTime.of(1, 30), NEW_YORK), "2026-10-31T12:00:00Z", 2))
                .containsExactly("2026-11-01T05:30:00Z", "2026-11-02T06:30:00Z");
    }

    @Test
    void a_week_has_its_days() {
        Schedule schedule = Schedule.weekly(LocalTime.of(8, 0), ZoneId.of("UTC"), DayOfWeek.MONDAY, DayOfWeek.THURSDAY);

        assertThat(days(schedule, "2026-06-15T08:00:00Z", 3))
                .containsExactly("2026-06-18T08:00:00Z", "2026-06-22T08:00:00Z", "2026-06-25T08:00:00Z");
    }

    @Test
    void every_so_often_is_counted_from_the_start() {
        Schedule schedule = Schedule.every(Duration.ofMinutes(90), Instant.parse("2026-06-15T10:00:00Z"));

        assertThat(days(schedule, "2026-06-15T09:00:00Z", 3))
                .containsExactly("2026-06-15T10:00:00Z", "2026-06-15T11:30:00Z", "2026-06-15T13:00:00Z");
        assertThat(schedule.next(Instant.parse("2026-06-15T12:00:00Z"))).isEqualTo("2026-06-15T13:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "every PT1H30M from 2026-06-15T10:00:00Z",
                "daily 09:00 Europe/Berlin",
                "weekly MONDAY,THURSDAY 08:15:30 America/New_York"
            })
    void it_is_written_as_it_is_read(String text) {
        assertThat(Schedule.parse(text).text()).isEqualTo(text);
        assertThat(Schedule.parse(Schedule.parse(text).text())).isEqualTo(Schedule.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "hourly", "daily 25:00 Europe/Berlin", "every PT1S from 2026-06-15T10:00:00Z", "weekly X 1 Y"
            })
    void what_is_no_schedule_is_refused(String text) {
        assertThatThrownBy(() -> Schedule.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
