package io.tidings.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.history.DoubtStore;
import io.tidings.history.DoubtStore.Look;
import io.tidings.history.Resolution;
import io.tidings.message.AttemptId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link DoubtStore} does. */
abstract class DoubtStoreContract extends StoreContract {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    DoubtStoreContract(AllStoresContract author) {
        super(author);
    }

    private DoubtStore doubts() {
        return stores().doubts();
    }

    @Test
    void an_attempt_is_looked_for_after_its_wait() {
        AttemptId attempt = begunAttempt();
        assertThat(doubts().nextLook()).isEmpty();

        doubts().lookAfter(attempt, MINUTE, 2);

        assertThat(doubts().take(10, MINUTE)).isEmpty();
        assertThat(doubts().nextLook())
                .hasValueSatisfying(wait -> assertThat(wait).isBetween(Duration.ofSeconds(30), MINUTE));
        advance(MINUTE);
        assertThat(doubts().nextLook())
                .hasValueSatisfying(wait -> assertThat(wait).isLessThanOrEqualTo(Duration.ZERO));
        assertThat(doubts().take(10, MINUTE)).containsExactly(new Look(attempt, 2));
    }

    @Test
    void what_is_taken_comes_back_after_the_lease_unless_it_is_planned_anew() {
        AttemptId forgotten = begunAttempt();
        AttemptId planned = begunAttempt();
        doubts().lookAfter(forgotten, Duration.ZERO, 1);
        doubts().lookAfter(planned, Duration.ZERO, 1);
        assertThat(doubts().take(10, MINUTE)).hasSize(2);
        doubts().lookAfter(planned, MINUTE.multipliedBy(5), 2);

        assertThat(doubts().take(10, MINUTE)).isEmpty();
        advance(MINUTE);

        assertThat(doubts().take(10, MINUTE)).containsExactly(new Look(forgotten, 1));
        advance(MINUTE.multipliedBy(4));
        assertThat(doubts().take(10, MINUTE)).contains(new Look(planned, 2));
    }

    @Test
    void looks_come_longest_due_first_and_no_more_than_asked_for() {
        AttemptId third = begunAttempt();
        AttemptId first = begunAttempt();
        AttemptId second = begunAttempt();
        doubts().lookAfter(third, MINUTE.multipliedBy(3), 0);
        doubts().lookAfter(first, MINUTE, 0);
        doubts().lookAfter(second, MINUTE.multipliedBy(2), 0);
        advance(MINUTE.multipliedBy(10));

        assertThat(doubts().take(2, MINUTE)).extracting(Look::attempt).containsExactly(first, second);
        assertThat(doubts().take(2, MINUTE)).extracting(Look::attempt).containsExactly(third);
    }

    @Test
    void a_look_that_was_stopped_does_not_come() {
        AttemptId attempt = begunAttempt();
        doubts().lookAfter(attempt, MINUTE, 0);

        doubts().stop(attempt);
        doubts().stop(attempt);
        advance(MINUTE);

        assertThat(doubts().take(10, MINUTE)).isEmpty();
        assertThat(doubts().nextLook()).isEmpty();
    }

    @Test
    void two_nodes_never_take_the_same_look() throws Exception {
        List<AttemptId> attempts = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            AttemptId attempt = begunAttempt();
            attempts.add(attempt);
            doubts().lookAfter(attempt, Duration.ZERO, 0);
        }
        List<Callable<List<Look>>> nodes = IntStream.range(0, 4)
                .mapToObj(node -> (Callable<List<Look>>) () -> {
                    List<Look> mine = new ArrayList<>();
                    for (int i = 0; i < 50; i++) {
                        mine.addAll(doubts().take(3, MINUTE.multipliedBy(60)));
                    }
                    return mine;
                })
                .toList();

        List<Look> taken = Together.call(nodes).stream().flatMap(List::stream).toList();

        assertThat(taken).extracting(Look::attempt).containsExactlyInAnyOrderElementsOf(attempts);
    }

    @Test
    void ends_of_doubts_are_counted_and_can_be_taken_back() {
        doubts().count(Resolution.LIST, 1);
        doubts().count(Resolution.LIST, 1);
        doubts().count(Resolution.POLICY_GIVEUP, 1);
        doubts().count(Resolution.POLICY_GIVEUP, -1);
        doubts().count(Resolution.DUPLICATE, 1);

        assertThat(doubts().counts()).isEqualTo(Map.of(Resolution.LIST, 2L, Resolution.DUPLICATE, 1L));
    }

    @Test
    void no_count_is_lost_between_threads() throws Exception {
        List<Callable<Integer>> threads = IntStream.range(0, 8)
                .mapToObj(thread -> (Callable<Integer>) () -> {
                    for (int i = 0; i < 50; i++) {
                        doubts().count(Resolution.CALLBACK, 1);
                    }
                    return thread;
                })
                .toList();

        Together.call(threads);

        assertThat(doubts().counts()).isEqualTo(Map.of(Resolution.CALLBACK, 400L));
    }
}
