package io.tidings.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SharedBucketTest {
    private static final Instant NOON = Instant.parse("2026-06-15T12:00:00Z");
    private static final Limit LIMIT = Limit.of(Rate.perSecond(10), 20);

    private SharedBucket bucket = SharedBucket.full(LIMIT, NOON);

    private int takeAll(Instant now) {
        SharedBucket.Taken taken = bucket.take(LIMIT, now, 1, 1_000);
        bucket = taken.after();
        return taken.grant().permits();
    }

    @Test
    void a_clock_that_steps_back_and_forth_by_seconds_mints_nothing() {
        assertThat(takeAll(NOON)).isEqualTo(20);
        for (int i = 0; i < 100; i++) {
            assertThat(takeAll(NOON.minusSeconds(9))).isZero();
            assertThat(takeAll(NOON)).isZero();
        }
        assertThat(takeAll(NOON.plusSeconds(1))).isEqualTo(10);
    }

    @Test
    void a_refusal_behind_a_step_back_waits_until_the_clock_has_caught_up() {
        takeAll(NOON);

        SharedBucket.Taken refused = bucket.take(LIMIT, NOON.minusSeconds(9), 10, 10);

        assertThat(refused.grant().retryAfter()).isEqualTo(Duration.ofSeconds(10));
        assertThat(takeAll(NOON.minusSeconds(9).plus(refused.grant().retryAfter())))
                .isEqualTo(10);
    }

    @Test
    void after_a_large_step_back_it_goes_on_from_there_without_a_burst() {
        takeAll(NOON);
        Instant earlier = NOON.minus(Duration.ofHours(2));
        takeAll(earlier);
        bucket = bucket.given(LIMIT, earlier, 1);
        assertThat(takeAll(earlier)).isEqualTo(1);

        assertThat(takeAll(earlier.plusSeconds(1))).isEqualTo(10);
    }

    @Test
    void a_jump_forward_fills_it_up_to_the_burst() {
        takeAll(NOON);

        assertThat(takeAll(NOON.plus(Duration.ofDays(20_000)))).isEqualTo(20);
    }

    @Test
    void any_sequence_of_steps_gives_no_more_than_one_burst_and_what_the_steps_forward_mint() {
        long seed = Long.getLong("tidings.seed", 20260615L);
        SplittableRandom random = new SplittableRandom(seed);
        Instant now = NOON;
        double minted = LIMIT.burst();
        long taken = 0;
        for (int i = 0; i < 20_000; i++) {
            long millis = random.nextInt(4) == 0 ? -random.nextLong(12_000) : random.nextLong(700);
            now = now.plusMillis(millis);
            minted += Math.max(0, millis) / 1_000.0 * 10;
            taken += takeAll(now);
            assertThat((double) taken).as("seed %d, step %d", seed, i).isLessThanOrEqualTo(minted + 1e-3);
        }
    }
}
