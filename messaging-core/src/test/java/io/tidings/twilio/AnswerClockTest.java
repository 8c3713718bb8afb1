package io.tidings.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.test.SteppableTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AnswerClockTest {
    private final SteppableTime time = new SteppableTime();
    private final AnswerClock clock = new AnswerClock(time);

    @Test
    void it_knows_nothing_before_the_first_answer() {
        clock.saw(null);

        assertThat(clock.now()).isEmpty();
    }

    @Test
    void it_goes_on_from_the_date_of_the_newest_answer() {
        clock.saw("Mon, 15 Jun 2026 10:00:00 GMT");
        time.forward(Duration.ofSeconds(90));
        assertThat(clock.now()).contains(Instant.parse("2026-06-15T10:01:30.500Z"));

        clock.saw("Mon, 15 Jun 2026 10:05:00 GMT");
        assertThat(clock.now()).contains(Instant.parse("2026-06-15T10:05:00.500Z"));
    }

    @Test
    void a_date_that_nobody_can_read_changes_nothing() {
        clock.saw("Mon, 15 Jun 2026 10:00:00 GMT");
        clock.saw("yesterday");

        assertThat(clock.now()).contains(Instant.parse("2026-06-15T10:00:00.500Z"));
    }
}
