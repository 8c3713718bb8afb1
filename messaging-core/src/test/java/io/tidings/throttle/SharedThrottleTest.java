package io.tidings.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.test.SteppableTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SharedThrottleTest {
    private static final String NAME = "tenant|acme";
    private static final long SECOND = 1_000_000_000L;

    private final SteppableTime time = new SteppableTime();
    private final Counted store = new Counted(LimitStore.inMemory(time));

    private static final class Counted implements LimitStore {
        private final LimitStore store;
        private int calls;

        Counted(LimitStore store) {
            this.store = store;
        }

        @Override
        public Grant take(String name, Limit limit, int atLeast, int atMost) {
            calls++;
            return store.take(name, limit, atLeast, atMost);
        }

        @Override
        public void giveBack(String name, Limit limit, int permits) {
            calls++;
            store.giveBack(name, limit, permits);
        }

        @Override
        public int slots(String name, int ceiling, String node, int inUse, Duration lease) {
            return store.slots(name, ceiling, node, inUse, lease);
        }
    }

    private SharedThrottle node() {
        return new SharedThrottle(store, time::nanos);
    }

    @Test
    void over_random_schedules_of_several_nodes_no_second_has_more_than_rate_and_burst() {
        long seed = Long.getLong("tidings.seed", 20260615L);
        for (int run = 0; run < 40; run++) {
            SplittableRandom random = new SplittableRandom(seed + run);
            Limit limit = Limit.of(Rate.perSecond(1 + random.nextInt(200)), 1 + random.nextInt(250));
            check(limit, random, "seed " + (seed + run) + ", " + limit);
        }
    }

    private void check(Limit limit, SplittableRandom random, String what) {
        String name = "tenant|" + what;
        List<SharedThrottle> nodes = new ArrayList<>(List.of(node(), node(), node()));
        List<long[]> spent = new ArrayList<>();
        for (int i = 0; i < 1_500; i++) {
            time.forward(Duration.ofMillis(random.nextInt(12) == 0 ? random.nextInt(900) : random.nextInt(12)));
            int which = random.nextInt(3);
            if (random.nextInt(100) == 0) {
                nodes.set(which, node());
            }
            for (int message = random.nextInt(12); message > 0; message--) {
                int segments = 1 + random.nextInt(3);
                if (nodes.get(which).tryAcquire(name, limit, segments)) {
                    spent.add(new long[] {time.nanos(), segments});
                }
            }
        }
        long most = limit.rate().permits() + Math.max(limit.burst(), 3);
        int from = 0;
        long inSecond = 0;
        for (long[] one : spent) {
            inSecond += one[1];
            while (spent.get(from)[0] <= one[0] - SECOND) {
                inSecond -= spent.get(from++)[1];
            }
            assertThat(inSecond).as(what).isLessThanOrEqualTo(most);
        }
    }

    @Test
    void a_fast_limit_costs_few_calls_of_the_store_and_is_used_up() {
        SharedThrottle throttle = node();
        Limit limit = Limit.of(Rate.perSecond(1_000));
        int sent = 0;
        for (int i = 0; i < 10_000; i++) {
            time.forward(Duration.ofMillis(1));
            while (throttle.tryAcquire(NAME, limit, 1)) {
                sent++;
            }
        }

        assertThat(sent).isBetween(9_500, 11_000);
        assertThat(store.calls).isLessThan(sent / 4);
    }

    @Test
    void seldom_messages_take_no_more_than_they_need() {
        SharedThrottle throttle = node();
        Limit limit = Limit.of(Rate.perSecond(100));
        for (int i = 0; i < 50; i++) {
            assertThat(throttle.tryAcquire(NAME, limit, 1)).isTrue();
            time.forward(Duration.ofMillis(150));
        }
        assertThat(store.calls).isEqualTo(50);
    }

    @Test
    void a_node_that_dies_takes_at_most_a_tenth_of_the_burst_with_it() {
        Limit limit = Limit.of(Rate.perMinute(60), 100);
        SharedThrottle dies = node();
        int sent = 0;
        for (int i = 0; i < 20; i++) {
            sent += dies.tryAcquire(NAME, limit, 1) ? 1 : 0;
        }
        SharedThrottle lives = node();
        while (lives.tryAcquire(NAME, limit, 1)) {
            sent++;
        }

        assertThat(sent).isBetween(80, 90);
    }

    @Test
    void a_refusal_is_remembered_until_it_is_worth_asking_again() {
        SharedThrottle throttle = node();
        Limit limit = Limit.of(Rate.perMinute(1));
        assertThat(throttle.tryAcquire(NAME, limit, 1)).isTrue();
        for (int i = 0; i < 59; i++) {
            assertThat(throttle.tryAcquire(NAME, limit, 1)).isFalse();
            time.forward(Duration.ofSeconds(1));
        }
        assertThat(store.calls).isEqualTo(2);
        assertThat(throttle.nanosUntil(NAME, 1)).isBetween(SECOND / 2, SECOND * 2);
        time.forward(Duration.ofSeconds(2));

        assertThat(throttle.tryAcquire(NAME, limit, 1)).isTrue();
    }

    @Test
    void what_was_given_back_is_used_by_the_next_one() {
        SharedThrottle throttle = node();
        Limit limit = Limit.of(Rate.perMinute(1));
        throttle.tryAcquire(NAME, limit, 1);

        throttle.release(NAME, limit, 1);

        assertThat(node().tryAcquire(NAME, limit, 1)).isTrue();
    }

    @Test
    void what_is_given_back_within_the_life_of_a_chunk_is_kept_for_the_next_message() {
        SharedThrottle throttle = node();
        Limit limit = Limit.of(Rate.perSecond(10), 100);
        assertThat(throttle.tryAcquire(NAME, limit, 3)).isTrue();
        int calls = store.calls;

        throttle.release(NAME, limit, 3);

        assertThat(throttle.tryAcquire(NAME, limit, 3)).isTrue();
        assertThat(store.calls).isEqualTo(calls);
    }

    @Test
    void what_is_given_back_later_goes_to_the_store() {
        SharedThrottle throttle = node();
        Limit limit = Limit.of(Rate.perSecond(10), 100);
        assertThat(throttle.tryAcquire(NAME, limit, 3)).isTrue();
        time.forward(Duration.ofSeconds(1));
        int calls = store.calls;

        throttle.release(NAME, limit, 3);

        assertThat(store.calls).isEqualTo(calls + 1);
    }

    @Test
    void a_chunk_is_used_up_to_its_last_moment_and_never_after() {
        Limit limit = Limit.of(Rate.perSecond(10), 100);
        SharedThrottle throttle = node();
        throttle.tryAcquire(NAME, limit, 3);
        throttle.release(NAME, limit, 3);
        time.forward(Duration.ofSeconds(1).minusNanos(1));
        int calls = store.calls;
        assertThat(throttle.tryAcquire(NAME, limit, 1)).isTrue();
        assertThat(store.calls).isEqualTo(calls);

        time.forward(Duration.ofNanos(1));

        assertThat(throttle.tryAcquire(NAME, limit, 1)).isTrue();
        assertThat(store.calls).isEqualTo(calls + 1);
    }

    @Test
    void a_smaller_message_may_ask_where_a_larger_one_was_refused() {
        SharedThrottle throttle = node();
        Limit limit = Limit.of(Rate.perMinute(1), 5);
        assertThat(throttle.tryAcquire(NAME, limit, 4)).isTrue();
        assertThat(throttle.tryAcquire(NAME, limit, 2)).isFalse();

        assertThat(throttle.nanosUntil(NAME, 2)).isPositive();
        assertThat(throttle.nanosUntil(NAME, 1)).isZero();
        assertThat(throttle.tryAcquire(NAME, limit, 1)).isTrue();
    }

    @Test
    void beside_thousands_of_names_what_is_in_use_is_kept_and_what_is_spent_is_forgotten() {
        SharedThrottle throttle = node();
        Limit slow = Limit.of(Rate.perMinute(1));
        Limit fast = Limit.of(Rate.perSecond(10), 100);
        for (int i = 0; i < 1_000; i++) {
            throttle.tryAcquire("tenant|" + i, slow, 1);
        }
        time.forward(Duration.ofSeconds(1));
        throttle.tryAcquire(NAME, fast, 3);
        throttle.release(NAME, fast, 3);
        assertThat(throttle.tryAcquire("tenant|refused", slow, 1)).isTrue();
        assertThat(throttle.tryAcquire("tenant|refused", slow, 1)).isFalse();
        for (int i = 0; i < 2_500; i++) {
            throttle.tryAcquire("more|" + i, slow, 1);
        }
        int calls = store.calls;

        assertThat(throttle.tryAcquire(NAME, fast, 1)).isTrue();
        assertThat(throttle.tryAcquire("tenant|refused", slow, 1)).isFalse();
        assertThat(store.calls).isEqualTo(calls);
        assertThat(throttle.names()).isBetween(2, 1_001);
    }
}
