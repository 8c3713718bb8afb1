package io.tidings.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static final long SECOND = 1_000_000_000L;

    private final ManualTicker ticker = new ManualTicker(Long.MAX_VALUE - 3 * SECOND);

    private TokenBucket full(int perSecond, int burst) {
        return TokenBucket.full(Limit.of(Rate.perSecond(perSecond), burst), ticker);
    }

    private TokenBucket empty(int perSecond, int burst) {
        return TokenBucket.empty(Limit.of(Rate.perSecond(perSecond), burst), ticker);
    }

    @Test
    void a_full_bucket_grants_its_burst_and_no_more() {
        TokenBucket bucket = full(10, 3);
        assertThat(bucket.tryAcquire(2)).isTrue();
        assertThat(bucket.tryAcquire(2)).isFalse();
        assertThat(bucket.tryAcquire(1)).isTrue();
        assertThat(bucket.tryAcquire(1)).isFalse();
    }

    @Test
    void an_empty_bucket_grants_as_permits_accrue() {
        TokenBucket bucket = empty(10, 3);
        assertThat(bucket.tryAcquire(1)).isFalse();
        ticker.advance(SECOND / 10 - 1);
        assertThat(bucket.tryAcquire(1)).isFalse();
        ticker.advance(2);
        assertThat(bucket.tryAcquire(1)).isTrue();
    }

    @Test
    void permits_do_not_pile_up_above_the_burst() {
        TokenBucket bucket = empty(10, 3);
        ticker.advance(Duration.ofDays(365));
        assertThat(bucket.available()).isEqualTo(3);
        assertThat(bucket.tryAcquireUpTo(100)).isEqualTo(3);
        assertThat(bucket.tryAcquireUpTo(100)).isZero();
    }

    @Test
    void a_cost_above_the_burst_passes_a_full_bucket_and_leaves_a_debt() {
        TokenBucket bucket = full(10, 3);
        assertThat(bucket.tryAcquire(8)).isTrue();
        assertThat(bucket.available()).isEqualTo(-5);
        ticker.advance(SECOND / 2 + 2);
        assertThat(bucket.available()).isZero();
        assertThat(bucket.tryAcquire(8)).isFalse();
        ticker.advance(3 * SECOND / 10);
        assertThat(bucket.tryAcquire(8)).isTrue();
    }

    @Test
    void a_reserve_stays_behind_unless_the_bucket_is_full() {
        TokenBucket bucket = full(10, 4);
        assertThat(bucket.tryAcquire(2, 2)).isTrue();
        assertThat(bucket.tryAcquire(1, 2)).isFalse();
        assertThat(bucket.tryAcquireUpTo(4, 2)).isZero();
        assertThat(bucket.tryAcquireUpTo(4, 1)).isEqualTo(1);
        assertThat(bucket.tryAcquire(1, 0)).isTrue();
        ticker.advance(SECOND);
        assertThat(bucket.tryAcquire(3, 3)).isTrue();
        assertThat(bucket.available()).isEqualTo(1);
    }

    @Test
    void unused_permits_go_back_but_never_above_the_burst() {
        TokenBucket bucket = full(10, 5);
        assertThat(bucket.tryAcquireUpTo(4)).isEqualTo(4);
        bucket.release(3);
        assertThat(bucket.available()).isEqualTo(4);
        bucket.release(3);
        assertThat(bucket.available()).isEqualTo(5);
        bucket.release(Integer.MAX_VALUE);
        assertThat(bucket.tryAcquireUpTo(10)).isEqualTo(5);
        assertThat(bucket.tryAcquire(1)).isFalse();
    }

    @Test
    void reservations_fall_due_one_after_the_other() {
        TokenBucket bucket = full(10, 2);
        assertThat(bucket.reserve(2)).isZero();
        assertThat(bucket.reserve(1)).isBetween(SECOND / 10, SECOND / 10 + 1);
        assertThat(bucket.reserve(3)).isBetween(3 * SECOND / 10, 3 * SECOND / 10 + 1);
        assertThat(bucket.reserve(1)).isBetween(5 * SECOND / 10, 5 * SECOND / 10 + 1);
        assertThat(bucket.tryAcquire(1)).isFalse();
    }

    @Test
    void too_many_reservations_ahead_are_misuse() {
        TokenBucket bucket = full(1, 1);
        assertThatIllegalStateException()
                .isThrownBy(() -> {
                    for (int call = 0; call < 1 << 14; call++) {
                        bucket.reserve(Integer.MAX_VALUE);
                    }
                })
                .withMessageContaining("reserved ahead");
    }

    @Test
    void the_time_until_a_grant_is_exact() {
        TokenBucket bucket = full(7, 5);
        assertThat(bucket.nanosUntil(5)).isZero();
        assertThat(bucket.tryAcquire(4)).isTrue();
        assertThat(bucket.nanosUntil(1)).isZero();
        long nanos = bucket.nanosUntil(2, 1);
        ticker.advance(nanos - 1);
        assertThat(bucket.tryAcquire(2, 1)).isFalse();
        ticker.advance(1);
        assertThat(bucket.tryAcquire(2, 1)).isTrue();
        ticker.advance(bucket.nanosUntil(100));
        assertThat(bucket.available()).isEqualTo(5);
    }

    @Test
    void a_rate_changes_while_permits_stay() {
        TokenBucket bucket = empty(10, 100);
        ticker.advance(2 * SECOND);
        bucket.change(Limit.of(Rate.perSecond(1_000), 100));
        assertThat(bucket.limit()).isEqualTo(Limit.of(Rate.perSecond(1_000), 100));
        assertThat(bucket.available()).isBetween(19L, 20L);
        ticker.advance(SECOND / 100);
        assertThat(bucket.available()).isBetween(29L, 30L);
        bucket.change(Limit.of(Rate.perSecond(1), 100));
        ticker.advance(3 * SECOND);
        assertThat(bucket.available()).isBetween(32L, 33L);
    }

    @Test
    void a_smaller_burst_drops_the_rest_and_a_larger_one_does_not_bring_the_past_back() {
        TokenBucket bucket = full(10, 100);
        bucket.change(Limit.of(Rate.perSecond(10), 5));
        assertThat(bucket.available()).isEqualTo(5);
        ticker.advance(Duration.ofHours(1));
        bucket.change(Limit.of(Rate.perSecond(10), 100));
        assertThat(bucket.available()).isEqualTo(5);
    }

    @Test
    void a_debt_survives_a_change_of_rate() {
        TokenBucket bucket = full(10, 1);
        assertThat(bucket.tryAcquire(11)).isTrue();
        bucket.change(Limit.of(Rate.perSecond(5), 1));
        assertThat(bucket.available()).isEqualTo(-10);
        ticker.advance(2 * SECOND + 1);
        assertThat(bucket.available()).isBetween(-1L, 0L);
    }

    @Test
    void a_ticker_that_steps_back_grants_nothing_and_stalls_nobody() {
        TokenBucket bucket = full(10, 3);
        assertThat(bucket.tryAcquire(1)).isTrue();
        ticker.advance(Duration.ofHours(-5));
        assertThat(bucket.tryAcquire(1)).isFalse();
        assertThat(bucket.available()).isZero();
        ticker.advance(SECOND / 10 + 1);
        assertThat(bucket.tryAcquire(1)).isTrue();
        assertThat(bucket.tryAcquire(1)).isFalse();
    }

    @Test
    void every_method_recovers_from_a_step_back() {
        TokenBucket bucket = empty(10, 3);
        ticker.advance(Duration.ofHours(-1));
        assertThat(bucket.nanosUntil(1)).isBetween(SECOND / 10, SECOND / 10 + 1);
        ticker.advance(Duration.ofHours(-1));
        assertThat(bucket.tryAcquireUpTo(2)).isZero();
        ticker.advance(Duration.ofHours(-1));
        assertThat(bucket.reserve(1)).isBetween(SECOND / 10, SECOND / 10 + 1);
    }

    @Test
    void a_step_back_does_not_forgive_a_debt() {
        TokenBucket bucket = full(10, 3);
        assertThat(bucket.tryAcquire(8)).isTrue();
        ticker.advance(Duration.ofHours(-5));
        assertThat(bucket.available()).isEqualTo(-5);
        ticker.advance(SECOND / 2 + 2);
        assertThat(bucket.available()).isZero();
    }

    @Test
    void a_jump_across_half_the_range_of_the_ticker_stalls_nobody() {
        TokenBucket bucket = full(1_000_000, 3);
        assertThat(bucket.tryAcquireUpTo(3)).isEqualTo(3);
        ticker.advance(Long.MIN_VALUE);
        bucket.tryAcquire(1);
        ticker.advance(SECOND);
        assertThat(bucket.tryAcquireUpTo(10)).isEqualTo(3);
    }

    @Test
    void acquire_waits_as_long_as_it_must_by_the_given_pause() throws InterruptedException {
        TokenBucket bucket = full(10, 2);
        List<Long> waits = new ArrayList<>();
        Pause pause = nanos -> {
            waits.add(nanos);
            ticker.advance(nanos);
        };
        bucket.acquire(2, pause);
        assertThat(waits).isEmpty();
        bucket.acquire(3, pause);
        assertThat(waits).hasSize(1);
        assertThat(waits.get(0)).isBetween(2 * SECOND / 10, 2 * SECOND / 10 + 1);
        assertThat(bucket.available()).isEqualTo(-1);
    }

    @Test
    void acquire_looks_at_the_clock_again_after_a_short_pause_and_after_a_step_back() throws InterruptedException {
        TokenBucket bucket = empty(1, 1);
        List<Long> waits = new ArrayList<>();
        bucket.acquire(1, nanos -> {
            waits.add(nanos);
            ticker.advance(waits.size() == 2 ? -SECOND : SECOND / 4);
        });
        assertThat(waits).hasSizeBetween(5, 6);
        assertThat(waits.get(1)).isEqualTo(waits.get(0) - SECOND / 4);
        assertThat(waits.get(2)).isEqualTo(waits.get(1));
    }

    @Test
    void an_interrupted_waiter_gives_its_permits_back_if_nobody_came_later() {
        TokenBucket bucket = empty(10, 2);
        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> bucket.acquire(2, nanos -> {
                    throw new InterruptedException();
                }));
        assertThat(bucket.available()).isZero();
        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> bucket.acquire(2, nanos -> {
                    bucket.reserve(1);
                    throw new InterruptedException();
                }));
        assertThat(bucket.available()).isEqualTo(-3);
    }

    @Test
    void a_thread_already_interrupted_takes_nothing() {
        TokenBucket bucket = full(10, 2);
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> bucket.acquire(1));
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(bucket.available()).isEqualTo(2);
    }

    @Test
    void acquire_parks_the_thread_on_the_real_clock() throws InterruptedException {
        TokenBucket bucket = TokenBucket.empty(Limit.of(Rate.perSecond(100)), System::nanoTime);
        long start = System.nanoTime();
        bucket.acquire(2);
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(19_000_000L);
    }

    @Test
    void parking_ends_with_an_interrupt() {
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> Pause.parking().waitFor(SECOND));
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void less_than_one_permit_or_a_negative_reserve_is_refused_and_takes_nothing() {
        TokenBucket bucket = full(10, 2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bucket.tryAcquire(0))
                .withMessageContaining("not 0");
        assertThatIllegalArgumentException().isThrownBy(() -> bucket.tryAcquireUpTo(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> bucket.reserve(0));
        assertThatIllegalArgumentException().isThrownBy(() -> bucket.acquire(0));
        assertThatIllegalArgumentException().isThrownBy(() -> bucket.release(0));
        assertThatIllegalArgumentException().isThrownBy(() -> bucket.nanosUntil(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bucket.tryAcquire(1, -1))
                .withMessageContaining("not -1");
        assertThat(bucket.available()).isEqualTo(2);
    }

    @Test
    void a_retired_bucket_refuses_everything_and_only_a_full_one_retires() {
        TokenBucket bucket = full(10, 2);
        assertThat(bucket.tryAcquire(1)).isTrue();
        assertThat(bucket.retireIfFull()).isFalse();
        ticker.advance(SECOND);
        assertThat(bucket.retireIfFull()).isTrue();
        assertThat(bucket.isRetired()).isTrue();
        assertThat(bucket.tryAcquire(1)).isFalse();
        assertThat(bucket.tryAcquireUpTo(1)).isZero();
        bucket.release(1);
        bucket.change(Limit.of(Rate.perSecond(1)));
        assertThat(bucket.isRetired()).isTrue();
    }
}
