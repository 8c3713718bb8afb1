package io.tidings.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Limit LIMIT = Limit.of(Rate.perSecond(10), 3);

    private final ManualTicker ticker = new ManualTicker(-5);

    @Test
    void each_lane_has_its_own_bucket() {
        Throttle<String> throttle = Throttle.full(lane -> LIMIT, 10, ticker);
        assertThat(throttle.tryAcquire("a", 3)).isTrue();
        assertThat(throttle.tryAcquire("a", 1)).isFalse();
        assertThat(throttle.tryAcquire("b", 2)).isTrue();
        assertThat(throttle.tryAcquireUpTo("b", 5, 0)).isEqualTo(1);
        assertThat(throttle.tryAcquireUpTo("b", 5, 0)).isZero();
        assertThat(throttle.nanosUntil("b", 1, 0)).isBetween(SECOND / 10, SECOND / 10 + 1);
        throttle.release("b", 2);
        assertThat(throttle.nanosUntil("b", 1, 0)).isZero();
        assertThat(throttle.tryAcquire("b", 1, 2)).isFalse();
        assertThat(throttle.lanes()).isEqualTo(2);
    }

    @Test
    void an_empty_throttle_fills_all_its_lanes_from_its_birth_on() {
        Throttle<String> throttle = Throttle.empty(lane -> LIMIT, 10, ticker);
        assertThat(throttle.tryAcquire("a", 1)).isFalse();
        ticker.advance(SECOND / 5 + 1);
        assertThat(throttle.tryAcquireUpTo("a", 5, 0)).isEqualTo(2);
        assertThat(throttle.tryAcquireUpTo("never seen", 5, 0)).isEqualTo(2);
    }

    @Test
    void lanes_may_have_limits_of_their_own_and_take_a_new_one_when_refreshed() {
        AtomicReference<Limit> small = new AtomicReference<>(Limit.of(Rate.perSecond(1), 1));
        Throttle<String> throttle = Throttle.full(lane -> lane.equals("small") ? small.get() : LIMIT, 10, ticker);
        assertThat(throttle.tryAcquireUpTo("small", 9, 0)).isEqualTo(1);
        assertThat(throttle.tryAcquireUpTo("large", 9, 0)).isEqualTo(3);
        small.set(Limit.of(Rate.perSecond(5), 5));
        throttle.refresh("small");
        throttle.refresh("unknown");
        ticker.advance(SECOND);
        assertThat(throttle.tryAcquireUpTo("small", 9, 0)).isBetween(4, 5);
    }

    @Test
    void full_buckets_make_room_and_busy_ones_do_not() {
        Throttle<Integer> throttle = Throttle.full(lane -> LIMIT, 4, ticker);
        for (int lane = 0; lane < 4; lane++) {
            assertThat(throttle.tryAcquire(lane, 3)).isTrue();
        }
        assertThat(throttle.tryAcquire(4, 1)).isFalse();
        assertThat(throttle.tryAcquireUpTo(4, 1, 0)).isZero();
        assertThat(throttle.nanosUntil(4, 1, 0)).isEqualTo(10_000_000L);
        throttle.release(4, 1);
        assertThat(throttle.lanes()).isEqualTo(4);
        ticker.advance(SECOND / 5);
        assertThat(throttle.tryAcquire(0, 1)).isTrue();
        ticker.advance(SECOND / 5);
        assertThat(throttle.tryAcquire(4, 1)).isTrue();
        assertThat(throttle.lanes()).isEqualTo(2);
        assertThat(throttle.tryAcquire(3, 3)).isTrue();
    }

    @Test
    void room_is_looked_for_again_only_after_a_while() {
        Throttle<Integer> throttle = Throttle.full(lane -> LIMIT, 2, ticker);
        assertThat(throttle.tryAcquire(0, 3)).isTrue();
        assertThat(throttle.tryAcquire(1, 3)).isTrue();
        assertThat(throttle.tryAcquire(2, 1)).isFalse();
        ticker.advance(Throttle.SWEEP_NANOS - 1);
        assertThat(throttle.tryAcquire(2, 1)).isFalse();

        ticker.advance(SECOND);

        assertThat(throttle.tryAcquire(2, 1)).isTrue();
        assertThat(throttle.lanes()).isEqualTo(1);
    }

    @Test
    void one_lane_is_enough_for_a_throttle() {
        Throttle<Integer> throttle = Throttle.full(lane -> LIMIT, 1, ticker);

        assertThat(throttle.tryAcquire(0, 1)).isTrue();
        assertThat(throttle.tryAcquireUpTo(0, 1, 0)).isEqualTo(1);
        assertThat(throttle.lanes()).isEqualTo(1);
    }

    @Test
    void a_throttle_without_lanes_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Throttle.full(lane -> LIMIT, 0, ticker))
                .withMessageContaining("at least 1 lane");
    }

    @Property(tries = 300)
    void a_bounded_throttle_answers_as_one_that_never_forgets_where_it_has_room(
            @ForAll boolean full, @ForAll long seed) {
        ManualTicker time = new ManualTicker(seed);
        SplittableRandom random = new SplittableRandom(seed);
        Throttle<Integer> bounded =
                full ? Throttle.full(lane -> LIMIT, 8, time) : Throttle.empty(lane -> LIMIT, 8, time);
        Map<Integer, TokenBucket> forever = new HashMap<>();
        for (int lane = 0; lane < 20; lane++) {
            forever.put(lane, full ? TokenBucket.full(LIMIT, time) : TokenBucket.empty(LIMIT, time));
        }
        for (int step = 0; step < 200; step++) {
            time.advance(random.nextLong(SECOND / 10));
            int lane = random.nextInt(20);
            int permits = random.nextInt(1, 5);
            TokenBucket bucket = forever.get(lane);
            boolean granted = bounded.tryAcquire(lane, permits);
            boolean held = granted || bounded.nanosUntil(lane, permits, 0) != 10_000_000L;
            assertThat(!held || granted == bucket.tryAcquire(permits)).isTrue();
            assertThat(bounded.lanes()).isLessThanOrEqualTo(8);
        }
    }

    @Test
    void more_lanes_than_room_under_many_threads_keep_every_limit_while_buckets_come_and_go() throws Exception {
        int lanes = 300;
        int threads = 4;
        int calls = Torture.size(100_000, 3_000_000);
        AtomicIntegerArray granted = new AtomicIntegerArray(lanes);
        AtomicInteger most = new AtomicInteger();
        long before = System.nanoTime();
        Throttle<Integer> throttle = Throttle.full(lane -> Limit.of(Rate.perSecond(1_000), 3), 100, System::nanoTime);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                SplittableRandom random = new SplittableRandom(thread);
                running.add(pool.submit(() -> {
                    for (int call = 0; call < calls; call++) {
                        int lane = random.nextInt(lanes);
                        if (throttle.tryAcquire(lane, 1)) {
                            granted.incrementAndGet(lane);
                        }
                        most.accumulateAndGet(throttle.lanes(), Math::max);
                    }
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } finally {
            pool.shutdownNow();
        }
        double bound = 3 + (System.nanoTime() - before) * 1_000 / 1e9 + 1;
        for (int lane = 0; lane < lanes; lane++) {
            assertThat((double) granted.get(lane)).isLessThanOrEqualTo(bound);
        }
        assertThat(most.get()).isLessThanOrEqualTo(100);
    }
}
