package io.tidings.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SandboxClockTest {
    @Test
    void advance_runs_what_is_due_in_order_each_at_its_own_time() {
        SandboxClock clock = SandboxClock.steppable(SteppedSandbox.START);
        List<String> ran = new ArrayList<>();
        clock.after(Duration.ofSeconds(2), () -> ran.add("late " + clock.instant()));
        clock.after(Duration.ofSeconds(1), () -> {
            ran.add("early " + clock.instant());
            clock.after(Duration.ofMillis(500), () -> ran.add("nested " + clock.instant()));
        });
        clock.after(Duration.ofSeconds(9), () -> ran.add("never"));
        clock.advance(Duration.ofSeconds(3));

        assertThat(ran)
                .containsExactly(
                        "early 2026-03-01T12:00:01Z", "nested 2026-03-01T12:00:01.500Z", "late 2026-03-01T12:00:02Z");
        assertThat(clock.instant()).isEqualTo(SteppedSandbox.START.plusSeconds(3));
    }

    @Test
    void an_event_that_fails_does_not_stop_the_others() {
        SandboxClock clock = SandboxClock.steppable(SteppedSandbox.START);
        List<String> ran = new ArrayList<>();
        clock.after(Duration.ZERO, () -> {
            throw new IllegalStateException("planted by a test");
        });
        clock.after(Duration.ZERO, () -> ran.add("second"));
        clock.advance(Duration.ZERO);

        assertThat(ran).containsExactly("second");
    }

    @Test
    void a_real_clock_runs_by_itself_and_can_be_pushed_ahead() throws InterruptedException {
        SandboxClock clock = SandboxClock.real();
        CountDownLatch soon = new CountDownLatch(1);
        CountDownLatch tomorrow = new CountDownLatch(1);
        clock.start();
        clock.after(Duration.ofMillis(5), soon::countDown);
        clock.after(Duration.ofDays(1), tomorrow::countDown);

        assertThat(soon.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(tomorrow.getCount()).isEqualTo(1);
        clock.advance(Duration.ofDays(1));
        assertThat(tomorrow.getCount()).isZero();
        clock.stop();
    }

    @Test
    void time_goes_only_forward_and_a_clock_has_one_sandbox() {
        SandboxClock clock = SandboxClock.steppable(SteppedSandbox.START);
        clock.start();

        assertThatThrownBy(() -> clock.advance(Duration.ofNanos(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("forward");
        assertThatThrownBy(clock::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("its own clock");
    }
}
