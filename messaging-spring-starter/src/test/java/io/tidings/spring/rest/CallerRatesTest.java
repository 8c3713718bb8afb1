package io.tidings.spring.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.audit.Actor;
import io.tidings.test.SteppableTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CallerRatesTest {
    private static final Actor ANA = Actor.user("ana");

    private final SteppableTime time = new SteppableTime();
    private final CallerRates rates = new CallerRates(60, time);

    @Test
    void ten_seconds_of_the_rate_pass_at_once_and_then_one_at_a_time() {
        for (int i = 0; i < 10; i++) {
            rates.take(ANA, rates.usual());
        }
        assertThatThrownBy(() -> rates.take(ANA, rates.usual())).isInstanceOf(Problem.class);
        assertThatCode(() -> rates.take(Actor.user("bob"), rates.usual())).doesNotThrowAnyException();

        time.forward(Duration.ofMillis(1001));
        assertThatCode(() -> rates.take(ANA, rates.usual())).doesNotThrowAnyException();
        assertThatThrownBy(() -> rates.take(ANA, rates.usual())).isInstanceOf(Problem.class);
    }

    @Test
    void in_a_minute_nobody_gets_more_than_the_rate_and_what_was_saved() {
        int passed = 0;
        for (int tenth = 0; tenth < 600; tenth++) {
            for (int i = 0; i < 3; i++) {
                try {
                    rates.take(ANA, 120);
                    passed++;
                } catch (Problem tooMany) {
                    break;
                }
            }
            time.forward(Duration.ofMillis(100));
        }
        assertThat(passed).isBetween(120, 140);
    }
}
