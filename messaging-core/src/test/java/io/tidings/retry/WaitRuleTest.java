package io.tidings.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WaitRuleTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "PT2M", "PT0.5S", "next-midnight-America/Los_Angeles", "next-midnight-UTC"})
    void the_notation_reads_and_writes_the_same(String text) {
        assertThat(WaitRule.parse(text).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "2 minutes", "next-midnight-", "next-midnight-Moon/Base", "PT-1S", "next-noon-UTC"})
    void anything_else_is_refused(String text) {
        assertThatThrownBy(() -> WaitRule.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_refusal_shows_the_notation() {
        assertThatThrownBy(() -> WaitRule.parse("tomorrow"))
                .hasMessageContaining("'tomorrow'")
                .hasMessageContaining("PT2M");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-21T20:00:00Z, PT12H", // noon in California
        "2026-11-22T07:59:59.999Z, PT0.001S",
        "2026-11-22T08:00:00Z, PT24H", // midnight itself: the new day's limit is used up too
        "2026-03-08T08:00:00Z, PT23H", // the night when the clocks go forward
        "2026-11-01T07:00:00Z, PT25H", // and back
    })
    void midnight_is_that_of_the_zone(Instant now, Duration expected) {
        assertThat(WaitRule.parse("next-midnight-America/Los_Angeles").from(now))
                .isEqualTo(expected);
    }

    @Test
    void a_fixed_time_does_not_depend_on_the_moment() {
        WaitRule rule = WaitRule.parse("PT10M");
        assertThat(rule.from(Instant.EPOCH)).isEqualTo(Duration.ofMinutes(10));
        assertThat(WaitRule.NONE.from(Instant.EPOCH)).isZero();
    }
}
