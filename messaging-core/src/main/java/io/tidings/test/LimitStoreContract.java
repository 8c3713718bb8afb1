package io.tidings.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.throttle.Grant;
import io.tidings.throttle.Limit;
import io.tidings.throttle.LimitStore;
import io.tidings.throttle.Rate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link LimitStore} does. The rates are slow, so that the real time of a test mints nothing. */
abstract class LimitStoreContract extends StoreContract {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Limit LIMIT = Limit.of(new Rate(12, HOUR), 6);
    private static final String NAME = "tenant|acme";

    LimitStoreContract(AllStoresContract author) {
        super(author);
    }

    private LimitStore limits() {
        return stores().limits();
    }

    private int take(int atLeast, int atMost) {
        return limits().take(NAME, LIMIT, atLeast, atMost).permits();
    }

    @Test
    void what_nobody_used_is_full_and_gives_what_is_there_but_not_less_than_asked() {
        assertThat(take(1, 4)).isEqualTo(4);
        assertThat(take(3, 4)).isZero();
        assertThat(take(1, 4)).isEqualTo(2);
        assertThat(take(1, 1)).isZero();
    }

    @Test
    void names_are_limits_of_their_own() {
        take(6, 6);

        assertThat(limits().take("tenant|other", LIMIT, 6, 6).permits()).isEqualTo(6);
    }

    @Test
    void a_refusal_tells_when_to_come_back() {
        take(6, 6);
        Grant refused = limits().take(NAME, LIMIT, 2, 2);
        assertThat(refused.permits()).isZero();
        assertThat(refused.retryAfter()).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(10));
        advance(refused.retryAfter().minus(Duration.ofMinutes(1)));
        assertThat(take(2, 2)).isZero();

        advance(Duration.ofMinutes(1));

        assertThat(take(2, 2)).isEqualTo(2);
    }

    @Test
    void a_bucket_never_holds_more_than_its_burst() {
        take(1, 1);
        advance(Duration.ofDays(3));
        limits().giveBack(NAME, LIMIT, 5);

        assertThat(take(1, 100)).isEqualTo(6);
        assertThat(take(1, 1)).isZero();
    }

    @Test
    void what_was_not_used_can_be_given_back() {
        take(6, 6);
        limits().giveBack(NAME, LIMIT, 2);

        assertThat(take(1, 6)).isEqualTo(2);
    }

    @Test
    void more_than_the_burst_passes_when_the_bucket_is_full_and_leaves_a_debt() {
        assertThat(take(9, 9)).isEqualTo(9);
        advance(Duration.ofMinutes(14));
        assertThat(take(1, 1)).isZero();
        advance(Duration.ofMinutes(7));

        assertThat(take(1, 1)).isEqualTo(1);
        assertThat(take(9, 9)).isZero();
    }

    @Test
    void another_limit_gives_no_second_burst() {
        take(6, 6);
        Limit wider = Limit.of(new Rate(24, HOUR), 10);
        assertThat(limits().take(NAME, wider, 1, 10).permits()).isZero();
        advance(HOUR);
        Limit narrow = Limit.of(new Rate(24, HOUR), 3);

        assertThat(limits().take(NAME, narrow, 1, 10).permits()).isEqualTo(3);
    }

    @Test
    void whoever_asks_and_whenever_no_span_gives_more_than_its_rate_and_the_burst() {
        long seed = Long.getLong("tidings.seed", 20260615L);
        System.getLogger(LimitStoreContract.class.getName())
                .log(System.Logger.Level.INFO, "takes of several nodes, seed {0}", Long.toString(seed));
        SplittableRandom random = new SplittableRandom(seed);
        List<long[]> given = new ArrayList<>();
        long minute = 0;
        for (int i = 0; i < 400; i++) {
            int step = random.nextInt(10) == 0 ? random.nextInt(90) : random.nextInt(6);
            minute += step;
            advance(Duration.ofMinutes(step));
            int atLeast = 1 + random.nextInt(3);
            int permits = take(atLeast, atLeast + random.nextInt(4));
            if (permits > 1 && random.nextInt(5) == 0) {
                limits().giveBack(NAME, LIMIT, 1);
                permits--;
            }
            given.add(new long[] {minute, permits});
        }
        for (long[] from : given) {
            long hour = given.stream()
                    .filter(one -> one[0] >= from[0] && one[0] < from[0] + 60)
                    .mapToLong(one -> one[1])
                    .sum();
            assertThat(hour)
                    .as("permits in the hour from minute %d, seed %d", from[0], seed)
                    .isLessThanOrEqualTo(18);
        }
        assertThat(given.stream().mapToLong(one -> one[1]).sum()).isGreaterThan(100);
    }

    @Test
    void many_threads_get_no_permit_twice() throws Exception {
        Limit wide = Limit.of(new Rate(1, Duration.ofDays(1)), 100);
        List<Callable<Integer>> threads = IntStream.range(0, 8)
                .mapToObj(thread -> (Callable<Integer>) () -> IntStream.range(0, 25)
                        .map(i -> limits().take("tenant|wide", wide, 1, 1 + thread % 3)
                                .permits())
                        .sum())
                .toList();

        assertThat(Together.call(threads).stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(100);
    }

    private int slots(String node, int inUse) {
        return limits().slots("account|default", 10, node, inUse, LEASE);
    }

    @Test
    void one_node_has_all_slots() {
        assertThat(slots(NODE, 0)).isEqualTo(10);
        assertThat(slots(NODE, 10)).isEqualTo(10);
    }

    @Test
    void a_second_node_has_to_wait_until_the_first_one_has_called_and_ended_what_is_too_much() {
        slots(NODE, 10);
        assertThat(slots(OTHER_NODE, 0)).isZero();
        assertThat(slots(NODE, 10)).isEqualTo(5);
        assertThat(slots(OTHER_NODE, 0)).isZero();
        assertThat(slots(NODE, 7)).isEqualTo(5);
        assertThat(slots(OTHER_NODE, 0)).isEqualTo(3);

        assertThat(slots(NODE, 2)).isEqualTo(5);

        assertThat(slots(OTHER_NODE, 3)).isEqualTo(5);
    }

    @Test
    void three_nodes_have_no_more_than_all_slots_together() {
        for (int round = 0; round < 3; round++) {
            slots(NODE, 0);
            slots(OTHER_NODE, 0);
            slots("node-c", 0);
        }

        assertThat(List.of(slots(NODE, 0), slots(OTHER_NODE, 0), slots("node-c", 0)))
                .containsExactlyInAnyOrder(4, 4, 2);
    }

    @Test
    void the_slots_of_a_node_that_is_gone_come_free_with_its_lease_or_when_it_gives_them_up() {
        slots(NODE, 10);
        advance(LEASE.dividedBy(2));
        assertThat(slots(OTHER_NODE, 0)).isZero();
        advance(LEASE.dividedBy(2).plusSeconds(1));
        assertThat(slots(OTHER_NODE, 0)).isEqualTo(10);

        limits().slots("account|default", 10, OTHER_NODE, 0, Duration.ZERO);

        assertThat(slots(NODE, 0)).isEqualTo(10);
    }

    @Test
    void more_nodes_than_slots_have_one_each() {
        assertThat(limits().slots("account|tiny", 1, NODE, 0, LEASE)).isEqualTo(1);
        assertThat(limits().slots("account|tiny", 1, OTHER_NODE, 0, LEASE)).isEqualTo(1);
        assertThat(limits().slots("account|tiny", 1, NODE, 1, LEASE)).isEqualTo(1);
    }
}
