package io.tidings.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LimitTest {
    @Test
    void the_usual_burst_is_one_second_of_permits_and_at_least_one() {
        assertThat(Limit.of(Rate.perSecond(100)).burst()).isEqualTo(100);
        assertThat(Limit.of(Rate.perMinute(150)).burst()).isEqualTo(2);
        assertThat(Limit.of(Rate.perMinute(1)).burst()).isEqualTo(1);
    }

    @Test
    void a_burst_below_one_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Limit.of(Rate.perSecond(1), 0))
                .withMessageContaining("at least 1 permit");
    }

    @Test
    void a_share_slows_rate_and_burst_alike_but_leaves_one_permit() {
        assertThat(Limit.of(Rate.perSecond(100)).times(0.25).burst()).isEqualTo(25);
        assertThat(Limit.of(Rate.perSecond(100)).times(0.25).rate().perSecond()).isEqualTo(25);
        assertThat(Limit.of(Rate.perSecond(10), 3).times(0.5).burst()).isEqualTo(2);
        assertThat(Limit.of(Rate.perSecond(1)).times(0.06).burst()).isEqualTo(1);
    }

    @Test
    void filling_up_takes_the_burst_and_the_debt_at_the_rate() {
        assertThat(Limit.of(Rate.perSecond(100)).fillTime(0)).isEqualTo(Duration.ofSeconds(1));
        assertThat(Limit.of(Rate.perSecond(100), 50).fillTime(10)).isEqualTo(Duration.ofMillis(600));
        assertThat(Limit.of(Rate.perMinute(1)).fillTime(3))
                .isBetween(Duration.ofMinutes(4), Duration.ofMillis(240_001));
        assertThat(Limit.of(Rate.perSecond(1), Integer.MAX_VALUE).fillTime(1)).isGreaterThan(Duration.ofDays(24_000));
    }
}
