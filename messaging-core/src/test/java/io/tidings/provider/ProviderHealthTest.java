package io.tidings.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tidings.message.TimeSource;
import io.tidings.provider.AccountCheck.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ProviderHealthTest {
    private static final AccountCheck ACTIVE = new AccountCheck(State.ACTIVE, "fine");

    private final Ticker time = new Ticker();

    @Test
    void knows_nothing_before_the_first_check() {
        assertThat(new ProviderHealth(new Checked(() -> ACTIVE), time).latest()).isEmpty();
    }

    @Test
    void tells_the_finding_and_its_age() {
        ProviderHealth health = new ProviderHealth(new Checked(() -> ACTIVE), time);
        assertThat(health.refresh()).isEqualTo(ACTIVE);

        time.nanos = Duration.ofSeconds(90).toNanos();

        assertThat(health.latest()).contains(new ProviderHealth.Reading(ACTIVE, Duration.ofSeconds(90)));
    }

    @Test
    void reading_does_not_wait_for_a_check_that_hangs() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        ProviderHealth health = new ProviderHealth(
                new Checked(() -> {
                    asked.countDown();
                    await(answer);
                    return ACTIVE;
                }),
                time);
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
        try {
            Future<?> schedule = health.refreshEvery(Duration.ofHours(1), executor);
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();

            assertThat(health.latest()).isEmpty();
            schedule.cancel(false);
        } finally {
            answer.countDown();
            executor.shutdown();
        }
    }

    @Test
    void a_schedule_goes_on_after_a_check_that_breaks() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(3);
        ProviderHealth health = new ProviderHealth(
                new Checked(() -> {
                    asked.countDown();
                    throw new IllegalStateException("canary");
                }),
                time);
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
        try {
            Future<?> schedule = health.refreshEvery(Duration.ofMillis(1), executor);
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(schedule.isDone()).isFalse();
        } finally {
            executor.shutdownNow();
        }
        AccountCheck check = health.latest().orElseThrow().check();
        assertThat(check.state()).isEqualTo(State.UNREACHABLE);
        assertThat(check.detail()).contains("IllegalStateException").doesNotContain("canary");
    }

    @Test
    void refuses_a_schedule_without_pause() {
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
        try {
            assertThatIllegalArgumentException()
                    .isThrownBy(() ->
                            new ProviderHealth(new Checked(() -> ACTIVE), time).refreshEvery(Duration.ZERO, executor));
        } finally {
            executor.shutdownNow();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Ticker implements TimeSource {
        private volatile long nanos;

        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public Instant instant() {
            return Instant.EPOCH;
        }
    }

    /** A provider that can only be checked. */
    private record Checked(Supplier<AccountCheck> answer) implements Provider {
        @Override
        public AccountCheck check() {
            return answer.get();
        }

        @Override
        public Outcome send(Submission submission) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Answer<ProviderMessage> fetch(String sid) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Answer<List<ProviderMessage>> list(ListQuery query) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Answer<ProviderMessage> cancel(String sid) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isLive() {
            return false;
        }

        @Override
        public void close() {}
    }
}
