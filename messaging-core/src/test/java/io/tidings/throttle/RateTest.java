package io.tidings.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateTest {
    @ParameterizedTest
    @CsvSource({
        "100/s, 100, 1",
        "60/min, 60, 60",
        "1/s, 1, 1",
        " 5 / SEC , 5, 1",
        "7/second, 7, 1",
        "3/minute, 3, 60",
        "500/h, 500, 3600",
        "500/hour, 500, 3600",
        "10000/day, 10000, 86400",
        "1/d, 1, 86400",
        "1000000/s, 1000000, 1"
    })
    void a_rate_is_read_from_text(String text, long permits, long seconds) {
        assertThat(Rate.parse(text)).isEqualTo(new Rate(permits, Duration.ofSeconds(seconds)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "100", "/s", "100/", "-1/s", "1.5/s", "100/week", "100/s/s", "99999999999999/s"})
    void other_text_is_refused_with_an_example(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rate.parse(text))
                .withMessageContaining("is not a rate")
                .withMessageContaining("100/s");
    }

    @Test
    void the_fastest_and_the_slowest_rate_are_accepted_and_the_next_ones_are_not() {
        assertThat(Rate.perSecond(1_000_000).perSecond()).isEqualTo(1e6);
        assertThat(new Rate(1, Duration.ofNanos(1_000)).perSecond()).isEqualTo(1e6);
        assertThat(new Rate(1, Duration.ofDays(100)).perSecond()).isPositive();
        assertThat(new Rate(8_640_000_000_000L, Duration.ofDays(100)).perSecond())
                .isEqualTo(1e6);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rate.perSecond(1_000_001))
                .withMessageContaining("at most 1,000,000");
        assertThatIllegalArgumentException().isThrownBy(() -> new Rate(1, Duration.ofNanos(999)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Rate(8_640_000_000_001L, Duration.ofDays(100)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Rate(Long.MAX_VALUE, Duration.ofDays(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Rate(1, Duration.ofDays(100).plusNanos(1)))
                .withMessageContaining("100 days");
    }

    @Test
    void no_permits_or_no_time_is_no_rate() {
        assertThatIllegalArgumentException().isThrownBy(() -> Rate.perSecond(0)).withMessageContaining("pause it");
        assertThatIllegalArgumentException().isThrownBy(() -> Rate.perMinute(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Rate(1, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> new Rate(1, Duration.ofSeconds(-1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"100/s", "60/min", "500/h", "10000/day"})
    void a_rate_prints_as_it_is_read(String text) {
        assertThat(Rate.parse(text)).hasToString(text);
    }

    @Test
    void another_span_prints_in_iso_form() {
        assertThat(new Rate(1, Duration.ofSeconds(20))).hasToString("1/PT20S");
    }

    @Test
    void a_share_lengthens_the_span() {
        assertThat(Rate.perSecond(1).times(0.05)).isEqualTo(new Rate(1, Duration.ofSeconds(20)));
        assertThat(Rate.perSecond(1).times(1)).isEqualTo(Rate.perSecond(1));
        assertThat(new Rate(200, Duration.ofDays(100)).times(0.25)).isEqualTo(new Rate(50, Duration.ofDays(100)));
        assertThat(new Rate(1, Duration.ofDays(100)).times(0.25)).isEqualTo(new Rate(1, Duration.ofDays(100)));
        assertThatIllegalArgumentException().isThrownBy(() -> Rate.perSecond(1).times(0));
        assertThatIllegalArgumentException().isThrownBy(() -> Rate.perSecond(1).times(1.01));
        assertThatIllegalArgumentException().isThrownBy(() -> Rate.perSecond(1).times(Double.NaN));
    }

    @Property(tries = 300)
    void a_share_of_a_rate_is_never_faster_than_that_share(
            @ForAll @LongRange(min = 1, max = 1_000_000) long permits,
            @ForAll @DoubleRange(min = 0.01, max = 1) double share) {
        Rate rate = Rate.perSecond(permits);
        assertThat(rate.times(share).perSecond())
                .isLessThanOrEqualTo(permits * share * (1 + 1e-12))
                .isGreaterThan(permits * share * 0.999);
    }
}
