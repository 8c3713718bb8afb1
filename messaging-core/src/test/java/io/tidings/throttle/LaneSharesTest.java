package io.tidings.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class LaneSharesTest {
    private final LaneShares shares = LaneShares.reserving(20, 10);

    @Test
    void each_lane_leaves_what_is_reserved_above_it() {
        assertThat(shares.keep(0, 100)).isZero();
        assertThat(shares.keep(1, 100)).isEqualTo(20);
        assertThat(shares.keep(2, 100)).isEqualTo(30);
        assertThat(shares.keep(9, 100)).isEqualTo(30);
    }

    @Test
    void a_reserve_is_rounded_up() {
        assertThat(shares.keep(1, 3)).isEqualTo(1);
        assertThat(shares.keep(2, 11)).isEqualTo(4);
        assertThat(shares.keep(2, Integer.MAX_VALUE)).isEqualTo(644_245_095);
    }

    @Test
    void without_reserves_nobody_leaves_anything() {
        assertThat(LaneShares.none().keep(0, 100)).isZero();
        assertThat(LaneShares.none().keep(5, 100)).isZero();
    }

    @Test
    void reserves_that_leave_nothing_for_the_rest_are_refused() {
        assertThat(LaneShares.reserving(60, 39).keep(2, 100)).isEqualTo(99);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LaneShares.reserving(60, 40))
                .withMessageContaining("[60, 40]");
        assertThatIllegalArgumentException().isThrownBy(() -> LaneShares.reserving(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> shares.keep(-1, 10));
    }

    @Test
    void a_flood_below_cannot_take_the_reserve_of_codes() {
        ManualTicker ticker = new ManualTicker(0);
        TokenBucket bucket = TokenBucket.full(Limit.of(Rate.perSecond(100), 100), ticker);
        int burst = bucket.limit().burst();
        int bulk = 0;
        while (bucket.tryAcquire(1, shares.keep(2, burst))) {
            bulk++;
        }
        int alerts = 0;
        while (bucket.tryAcquire(1, shares.keep(1, burst))) {
            alerts++;
        }
        int codes = 0;
        while (bucket.tryAcquire(1, shares.keep(0, burst))) {
            codes++;
        }
        assertThat(bulk).isEqualTo(70);
        assertThat(alerts).isEqualTo(10);
        assertThat(codes).isEqualTo(20);
    }

    @Test
    void a_sender_of_one_permit_still_serves_its_lowest_lane() {
        ManualTicker ticker = new ManualTicker(0);
        TokenBucket bucket = TokenBucket.full(Limit.of(Rate.perSecond(1)), ticker);
        assertThat(bucket.tryAcquire(1, shares.keep(2, 1))).isTrue();
        ticker.advance(1_000_000_001L);
        assertThat(bucket.tryAcquireUpTo(5, shares.keep(2, 1))).isEqualTo(1);
    }

    @Test
    void it_prints_the_reserve_of_each_lane() {
        assertThat(shares).hasToString("LaneShares[20 %, 10 %]");
        assertThat(LaneShares.none()).hasToString("LaneShares[]");
    }
}
