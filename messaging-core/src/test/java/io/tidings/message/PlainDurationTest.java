package io.tidings.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainDurationTest {

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0 ms",
        "PT0.0004S, 0 ms",
        "PT0.008S, 8 ms",
        "PT0.0084S, 8 ms",
        "PT0.9996S, 1 s",
        "PT1S, 1 s",
        "PT1.05S, 1.05 s",
        "PT2.5S, 2.5 s",
        "PT6.784S, 6.784 s",
        "PT59.9996S, 1 min",
        "PT1M5.2S, 1 min 5 s",
        "PT1H30M, 1 h 30 min",
        "PT24H, 24 h",
        "P7DT1S, 168 h 1 s",
        "PT-2.5S, -2.5 s",
    })
    void a_duration_is_told_in_the_units_that_people_use(Duration duration, String told) {
        assertThat(PlainDuration.of(duration)).isEqualTo(told);
    }
}
