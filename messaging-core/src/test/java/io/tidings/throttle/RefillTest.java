package io.tidings.throttle;

import static io.tidings.throttle.Refill.SHARES;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class RefillTest {
    @Test
    void a_hundred_per_second_mint_a_hundred_in_each_second() {
        Refill refill = Refill.from(Limit.of(Rate.perSecond(100)), 5_000, 7);
        assertThat(refill.minted(5_000)).isEqualTo(7);
        assertThat(refill.minted(5_000 + 1_000_000_000L)).isBetween(6L + 100 * SHARES, 7L + 100 * SHARES);
        assertThat(refill.minted(5_000 - 1_000_000_000L)).isBetween(6L - 100 * SHARES, 7L - 100 * SHARES);
        assertThat(refill.capacity()).isEqualTo(100 * SHARES);
    }

    @Test
    void a_year_at_one_per_second_is_exact_to_a_ten_thousandth_of_a_permit() {
        Refill refill = Refill.from(Limit.of(Rate.perSecond(1)), 0, 0);
        long seconds = Duration.ofDays(365).toSeconds();
        assertThat(refill.minted(seconds * 1_000_000_000L)).isBetween(seconds * SHARES - 1, seconds * SHARES);
    }

    @Test
    void a_target_already_minted_needs_no_wait() {
        Refill refill = Refill.from(Limit.of(Rate.perSecond(1)), 0, 0);
        assertThat(refill.nanosUntil(0, 0)).isZero();
        assertThat(refill.nanosUntil(-5, 0)).isZero();
        assertThat(refill.nanosUntil(SHARES, 0)).isBetween(1_000_000_000L, 1_000_000_001L);
    }

    @Test
    void a_wait_beyond_the_range_is_capped() {
        Refill refill = Refill.from(Limit.of(new Rate(1, Duration.ofDays(100))), 0, 0);
        assertThat(refill.nanosUntil(1L << 50, 0)).isEqualTo(1L << 61);
    }

    @Property
    void minted_shares_are_the_exact_quotient_within_two_in_a_million_and_never_above(
            @ForAll("rates") Rate rate, @ForAll long anchor, @ForAll @LongRange(min = 0) long elapsed) {
        Refill refill = Refill.from(new Limit(rate, 1), anchor, 0);
        BigInteger exact = BigInteger.valueOf(elapsed)
                .multiply(BigInteger.valueOf(rate.permits() * SHARES))
                .divide(BigInteger.valueOf(rate.per().toNanos()));
        assertThat(refill.minted(anchor + elapsed)).isBetween(exact.longValueExact() - 1, exact.longValueExact());
    }

    @Property
    void the_wait_for_a_target_is_the_first_tick_that_has_it(
            @ForAll("rates") Rate rate,
            @ForAll long anchor,
            @ForAll @LongRange(min = 0, max = 1L << 55) long elapsed,
            @ForAll @LongRange(min = 1, max = 1_000_000) long missing) {
        Refill refill = Refill.from(new Limit(rate, 1), anchor, 0);
        long tick = anchor + elapsed;
        long target = refill.minted(tick) + missing;
        long nanos = refill.nanosUntil(target, tick);
        if (nanos < 1L << 61) {
            assertThat(refill.minted(tick + nanos)).isGreaterThanOrEqualTo(target);
            assertThat(refill.minted(tick + nanos - 1)).isLessThan(target);
        }
    }

    @Provide
    Arbitrary<Rate> rates() {
        Arbitrary<Long> permits = Arbitraries.longs().between(1, 1_000_000);
        return permits.flatMap(count -> Arbitraries.longs()
                .between(Math.max(1, count * 1_000), Duration.ofDays(100).toNanos())
                .map(nanos -> new Rate(count, Duration.ofNanos(nanos))));
    }
}
