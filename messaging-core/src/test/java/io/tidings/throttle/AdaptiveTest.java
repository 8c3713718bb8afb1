package io.tidings.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdaptiveTest {
    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000 * MILLI;

    private final ManualTicker ticker = new ManualTicker(Long.MAX_VALUE - 20 * SECOND);

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 10, 100, 1_000})
    void a_storm_slows_a_sender_below_a_tenth_within_five_seconds_and_it_is_back_within_thirty(int perSecond) {
        Limit normal = Limit.of(Rate.perSecond(perSecond));
        TokenBucket bucket = TokenBucket.full(normal, ticker);
        AdaptiveRate rate = new AdaptiveRate(bucket, ticker);
        send(bucket, rate, 5, true);
        int during = send(bucket, rate, 55, true);
        assertThat(during).isLessThan(55 * perSecond / 10 + 1);
        send(bucket, rate, 30, false);
        assertThat(rate.share()).isEqualTo(1);
        assertThat(bucket.limit()).isEqualTo(normal);
        assertThat(send(bucket, rate, 10, false)).isBetween(10 * perSecond - 1, 11 * perSecond + 1);
    }

    @Test
    void a_sender_that_gets_no_answers_recovers_by_time() {
        TokenBucket bucket = TokenBucket.full(Limit.of(Rate.perSecond(10)), ticker);
        AdaptiveRate rate = new AdaptiveRate(bucket, ticker);
        for (int complaint = 0; complaint < 10; complaint++) {
            rate.throttled();
            ticker.advance(SECOND);
        }
        ticker.advance(13 * SECOND);
        rate.refresh();
        assertThat(rate.share()).isEqualTo(0.06);
        for (int second = 0; second < 12; second++) {
            ticker.advance(SECOND);
            rate.refresh();
        }
        assertThat(rate.share()).isEqualTo(1);
    }

    @Test
    void complaints_of_one_moment_count_once() {
        TokenBucket bucket = TokenBucket.full(Limit.of(Rate.perSecond(100)), ticker);
        AdaptiveRate rate = new AdaptiveRate(bucket, ticker);
        for (int complaint = 0; complaint < 50; complaint++) {
            rate.throttled();
            ticker.advance(MILLI);
        }
        assertThat(rate.share()).isEqualTo(0.5);
        assertThat(bucket.limit().burst()).isEqualTo(50);
        assertThat(bucket.limit().rate().perSecond()).isEqualTo(50);
        ticker.advance(450 * MILLI);
        rate.throttled();
        assertThat(rate.share()).isEqualTo(0.25);
    }

    @Test
    void success_right_after_a_complaint_proves_nothing() {
        TokenBucket bucket = TokenBucket.full(Limit.of(Rate.perSecond(100)), ticker);
        AdaptiveRate rate = new AdaptiveRate(bucket, ticker);
        rate.throttled();
        ticker.advance(999 * MILLI);
        rate.succeeded();
        assertThat(rate.share()).isEqualTo(0.5);
        ticker.advance(501 * MILLI);
        rate.succeeded();
        assertThat(rate.share()).isEqualTo(0.6);
    }

    @Test
    void one_success_speaks_for_four_seconds_at_most() {
        TokenBucket bucket = TokenBucket.full(Limit.of(Rate.perSecond(100)), ticker);
        AdaptiveRate rate = new AdaptiveRate(bucket, ticker);
        rate.throttled();
        ticker.advance(600 * MILLI);
        rate.throttled();
        ticker.advance(3_600 * SECOND);
        rate.succeeded();
        assertThat(rate.share()).isEqualTo(0.25 + 4.0 / 15);
    }

    @Test
    void a_new_normal_limit_keeps_the_share() {
        TokenBucket bucket = TokenBucket.full(Limit.of(Rate.perSecond(100)), ticker);
        AdaptiveRate rate = new AdaptiveRate(bucket, ticker);
        rate.throttled();
        rate.change(Limit.of(Rate.perSecond(10)));
        assertThat(bucket.limit().rate().perSecond()).isEqualTo(5);
    }

    @Test
    void a_ticker_that_steps_back_does_not_freeze_the_share() {
        TokenBucket bucket = TokenBucket.full(Limit.of(Rate.perSecond(100)), ticker);
        AdaptiveRate rate = new AdaptiveRate(bucket, ticker);
        rate.throttled();
        ticker.advance(Duration.ofHours(-2));
        rate.succeeded();
        assertThat(rate.share()).isEqualTo(0.5);
        ticker.advance(3 * SECOND);
        rate.succeeded();
        assertThat(rate.share()).isEqualTo(0.7);
        rate.throttled();
        assertThat(rate.share()).isEqualTo(0.35);
    }

    @ParameterizedTest
    @CsvSource({"64, 5", "64, 50", "256, 50", "1000, 20", "8, 500", "4, 2000", "1, 50"})
    void a_storm_of_429_closes_the_window_below_a_tenth_within_five_seconds_and_it_is_back_within_thirty(
            int max, int latencyMillis) {
        AdaptiveWindow window = new AdaptiveWindow(max, ticker);
        Deque<Long> flying = new ArrayDeque<>();
        int normal = fly(window, flying, latencyMillis, 10, false) / 10;
        fly(window, flying, latencyMillis, 5, true);
        int during = fly(window, flying, latencyMillis, 55, true);
        assertThat(during).isLessThan(Math.max(55 * normal / 10, 12));
        fly(window, flying, latencyMillis, 30, false);
        assertThat(window.slots()).isEqualTo(max);
        assertThat(fly(window, flying, latencyMillis, 10, false) / 10).isBetween(normal * 9 / 10, normal + 1);
    }

    @Test
    void slots_are_taken_given_back_and_bounded() {
        AdaptiveWindow window = new AdaptiveWindow(3, ticker);
        assertThat(window.tryAcquire()).isTrue();
        assertThat(window.tryAcquireUpTo(5)).isEqualTo(2);
        assertThat(window.tryAcquire()).isFalse();
        assertThat(window.inFlight()).isEqualTo(3);
        window.release(2);
        assertThat(window.tryAcquireUpTo(5)).isEqualTo(2);
        window.release(3);
        assertThatIllegalStateException().isThrownBy(window::release).withMessageContaining("0 are taken");
        assertThatIllegalStateException().isThrownBy(() -> window.release(0));
        assertThatIllegalArgumentException().isThrownBy(() -> window.tryAcquireUpTo(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new AdaptiveWindow(0, ticker));
    }

    @Test
    void a_window_has_room_while_a_slot_is_free_even_while_it_is_closed() {
        AdaptiveWindow window = new AdaptiveWindow(2, ticker);
        assertThat(window.hasRoom()).isTrue();
        assertThat(window.tryAcquireUpTo(2)).isEqualTo(2);
        assertThat(window.hasRoom()).isFalse();
        window.release(2);
        window.throttled();

        assertThat(window.tryAcquire()).isFalse();
        assertThat(window.hasRoom()).isTrue();
    }

    @Test
    void a_success_right_after_complaints_does_not_make_the_next_pause_short_again() {
        AdaptiveWindow window = new AdaptiveWindow(4, ticker);
        window.throttled();
        window.succeeded();
        ticker.advance(500 * MILLI);
        window.throttled();

        assertThat(window.nanosUntilOpen()).isEqualTo(500 * MILLI);
    }

    @Test
    void the_longer_of_two_pauses_counts() {
        AdaptiveWindow window = new AdaptiveWindow(4, ticker);
        window.throttled(Duration.ofSeconds(10));
        ticker.advance(SECOND);
        window.throttled(Duration.ofSeconds(2));
        assertThat(window.nanosUntilOpen()).isEqualTo(9 * SECOND);

        window.throttled(Duration.ofSeconds(20));
        assertThat(window.nanosUntilOpen()).isEqualTo(20 * SECOND);
    }

    @Test
    void the_share_is_halved_at_most_twice_in_a_second_and_grows_in_steps_of_a_fifth() {
        Adaptation whole = Adaptation.whole(0.01, 0);
        Adaptation once = whole.complained(0);
        assertThat(once.share()).isEqualTo(0.5);
        assertThat(once.complained(Adaptation.CUT_EVERY - 1).share()).isEqualTo(0.5);
        assertThat(once.complained(Adaptation.CUT_EVERY).share()).isEqualTo(0.25);
        assertThat(once.succeeded(SECOND - 1).share()).isEqualTo(0.5);
        Adaptation grown = once.succeeded(SECOND);
        assertThat(grown.share()).isGreaterThan(0.5);
        assertThat(grown.succeeded(SECOND + 200 * MILLI - 1)).isSameAs(grown);
        assertThat(grown.succeeded(SECOND + 200 * MILLI).share()).isGreaterThan(grown.share());
    }

    @Test
    void silence_heals_from_its_fifteenth_second_on_and_not_before() {
        Adaptation cut = Adaptation.whole(0.01, 0).complained(0);

        assertThat(cut.rested(15 * SECOND - 1)).isSameAs(cut);
        assertThat(cut.rested(15 * SECOND).share()).isEqualTo(0.5);
        assertThat(cut.rested(16 * SECOND).share()).isGreaterThan(0.5);
        assertThat(Adaptation.whole(0.01, 0).rested(0).share()).isEqualTo(1);
    }

    @Test
    void a_complaint_closes_the_window_for_a_moment_and_each_further_one_for_twice_as_long() {
        AdaptiveWindow window = new AdaptiveWindow(4, ticker);
        long expected = 250 * MILLI;
        for (int complaint = 0; complaint < 9; complaint++) {
            window.throttled();
            window.throttled();
            assertThat(window.nanosUntilOpen()).isEqualTo(expected);
            assertThat(window.tryAcquire()).isFalse();
            ticker.advance(Math.max(expected, 500 * MILLI));
            assertThat(window.nanosUntilOpen()).isZero();
            expected = Math.min(8 * SECOND, 2 * expected);
        }
        assertThat(window.slots()).isEqualTo(1);
        assertThat(window.tryAcquireUpTo(4)).isEqualTo(1);
        ticker.advance(2 * SECOND);
        window.succeeded();
        window.throttled();
        assertThat(window.nanosUntilOpen()).isEqualTo(250 * MILLI);
    }

    @Test
    void retry_after_is_respected_up_to_a_minute() {
        AdaptiveWindow window = new AdaptiveWindow(4, ticker);
        window.throttled(Duration.ofSeconds(20));
        assertThat(window.nanosUntilOpen()).isEqualTo(20 * SECOND);
        window.throttled();
        assertThat(window.nanosUntilOpen()).isEqualTo(20 * SECOND);
        window.throttled(Duration.ofDays(1_000_000));
        assertThat(window.nanosUntilOpen()).isEqualTo(60 * SECOND);
        ticker.advance(Duration.ofHours(-1));
        assertThat(window.nanosUntilOpen()).isZero();
    }

    /** Sends whenever a permit is there, for some seconds; every answer is a complaint, or none is. */
    private int send(TokenBucket bucket, AdaptiveRate rate, int seconds, boolean storm) {
        int sent = 0;
        for (long milli = 0; milli < seconds * 1_000L; milli++) {
            ticker.advance(MILLI);
            rate.refresh();
            while (bucket.tryAcquire(1)) {
                sent++;
                if (storm) {
                    rate.throttled();
                } else {
                    rate.succeeded();
                }
            }
        }
        return sent;
    }

    /** Keeps the window full for some seconds against a provider of that latency; counts the requests begun. */
    private int fly(AdaptiveWindow window, Deque<Long> flying, int latency, int seconds, boolean storm) {
        int begun = 0;
        for (long milli = 0; milli < seconds * 1_000L; milli++) {
            ticker.advance(MILLI);
            long now = ticker.getAsLong();
            for (Iterator<Long> each = flying.iterator(); each.hasNext() && now - each.next() >= latency * MILLI; ) {
                each.remove();
                window.release();
                if (storm) {
                    window.throttled();
                } else {
                    window.succeeded();
                }
            }
            while (window.tryAcquire()) {
                flying.addLast(now);
                begun++;
            }
        }
        return begun;
    }
}
