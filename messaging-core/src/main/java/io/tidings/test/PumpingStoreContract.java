package io.tidings.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.pumping.Counter;
import io.tidings.pumping.PumpingStore;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link PumpingStore} does. */
abstract class PumpingStoreContract extends StoreContract {
    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final Duration COOL_DOWN = Duration.ofHours(1);
    private static final Counter RANGE = new Counter("range|acme|+1900555", 3, WINDOW, COOL_DOWN, 1, 0);
    private static final Counter TENANT = new Counter("tenant|acme", 5, WINDOW, COOL_DOWN, 1, 0);

    PumpingStoreContract(AllStoresContract author) {
        super(author);
    }

    private PumpingStore pumping() {
        return stores().pumping();
    }

    private String count(Counter... counters) {
        return pumping().count(List.of(List.of(counters))).get(0);
    }

    private boolean isBlocked(Counter counter) {
        return pumping().blocked(Set.of(counter.name())).containsKey(counter.name());
    }

    @Test
    void one_too_many_blocks_for_the_cool_down() {
        assertThat(pumping().count(Collections.nCopies(4, List.of(RANGE)))).containsExactly("", "", "", RANGE.name());
        assertThat(isBlocked(RANGE)).isTrue();
        advance(COOL_DOWN.minusSeconds(1));
        assertThat(count(RANGE)).isEqualTo(RANGE.name());
        advance(Duration.ofSeconds(2));

        assertThat(isBlocked(RANGE)).isFalse();
        assertThat(pumping().count(Collections.nCopies(3, List.of(RANGE)))).containsOnly("");
    }

    @Test
    void at_the_border_of_two_windows_twice_the_limit_less_one_gets_through_and_no_more() {
        count(RANGE);
        advance(WINDOW.minusSeconds(1));
        count(RANGE);
        count(RANGE);
        advance(Duration.ofSeconds(2));

        assertThat(pumping().count(Collections.nCopies(4, List.of(RANGE)))).containsExactly("", "", "", RANGE.name());
    }

    @Test
    void a_window_begins_with_its_first_message_and_starts_again_when_it_is_over() {
        count(RANGE);
        advance(WINDOW.minusSeconds(1));
        count(RANGE);
        count(RANGE);
        advance(Duration.ofSeconds(2));

        assertThat(pumping().count(Collections.nCopies(3, List.of(RANGE)))).containsOnly("");
        assertThat(isBlocked(RANGE)).isFalse();
    }

    @Test
    void a_message_counts_everywhere_or_nowhere() {
        for (int i = 0; i < 3; i++) {
            count(RANGE, TENANT);
        }
        assertThat(count(RANGE, TENANT)).isEqualTo(RANGE.name());

        assertThat(pumping().count(Collections.nCopies(3, List.of(TENANT)))).containsExactly("", "", TENANT.name());
    }

    @Test
    void a_range_whose_codes_nobody_uses_is_blocked_once_the_sample_is_there() {
        Counter watched = new Counter("range|acme|+1900556", 100, WINDOW, COOL_DOWN, 4, 50);
        pumping().confirm(watched.name());
        for (int i = 0; i < 4; i++) {
            assertThat(count(watched)).isEmpty();
        }
        pumping().confirm(watched.name());
        pumping().confirm(watched.name());
        assertThat(count(watched)).isEmpty();

        assertThat(count(watched)).isEqualTo(watched.name());
        assertThat(isBlocked(watched)).isTrue();
    }

    @Test
    void a_message_that_did_not_go_is_taken_off() {
        count(RANGE);
        pumping().discount(List.of(RANGE, TENANT));

        assertThat(pumping().count(Collections.nCopies(4, List.of(RANGE)))).containsExactly("", "", "", RANGE.name());
    }

    @Test
    void what_is_rolled_back_was_never_counted_or_blocked() {
        assertThatThrownBy(() -> stores().transactions().execute(() -> {
                    pumping().count(Collections.nCopies(4, List.of(RANGE)));
                    throw new IllegalStateException("the caller's own trouble");
                }))
                .hasMessage("the caller's own trouble");

        assertThat(isBlocked(RANGE)).isFalse();
        assertThat(pumping().count(Collections.nCopies(3, List.of(RANGE)))).containsOnly("");
    }

    @Test
    void many_threads_count_no_message_twice_and_none_too_many() throws Exception {
        Counter wide = new Counter("range|acme|+1900557", 100, WINDOW, COOL_DOWN, 1, 0);
        List<Callable<Integer>> threads = IntStream.range(0, 8)
                .mapToObj(thread -> (Callable<Integer>) () -> (int) IntStream.range(0, 25)
                        .filter(i -> count(wide).isEmpty())
                        .count())
                .toList();

        assertThat(Together.call(threads).stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(100);
    }
}
