package io.tidings.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private final Rest rest = new Rest();

    private void fail(long at) {
        rest.failed(at * SECOND, Duration.ZERO);
    }

    @Test
    void two_failures_change_nothing_and_the_third_brings_rest_and_a_probe() {
        fail(0);
        fail(0);
        assertThat(rest.most(0, 4)).isEqualTo(4);

        fail(0);

        assertThat(rest.most(4 * SECOND, 4)).isZero();
        assertThat(rest.most(5 * SECOND, 4)).isOne();
        rest.succeeded();
        assertThat(rest.most(5 * SECOND, 4)).isEqualTo(4);
    }

    @Test
    void rests_double_to_five_minutes() {
        for (int i = 0; i < 4; i++) {
            fail(0);
        }
        assertThat(rest.most(9 * SECOND, 4)).isZero();
        assertThat(rest.most(10 * SECOND, 4)).isOne();
        for (int i = 0; i < 100; i++) {
            fail(0);
        }
        assertThat(rest.most(299 * SECOND, 4)).isZero();
        assertThat(rest.most(300 * SECOND, 4)).isOne();
    }

    @Test
    void an_endpoint_that_asks_for_a_rest_gets_it_at_once() {
        rest.failed(0, Duration.ofSeconds(30));

        assertThat(rest.most(29 * SECOND, 4)).isZero();
        assertThat(rest.most(30 * SECOND, 4)).isEqualTo(4);
    }
}
