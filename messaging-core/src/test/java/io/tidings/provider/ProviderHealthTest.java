package io.tidings.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tidings.message.Money;
import io.tidings.message.TimeSource;
import io.tidings.provider.AccountCheck.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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

        assertThat(health.latest()).contains(new ProviderHealth.Reading(ACTIVE, Duration.ofSeconds(90), null, false));
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
    void a_balance_below_the_threshold_is_told_once_until_it_has_recovered() throws Exception {
        Deque<String> balances = new ArrayDeque<>(List.of("20", "9.99", "5", "10", "11", "-1", "-2"));
        List<Money> alerts = new CopyOnWriteArrayList<>();
        List<Money> recoveries = new CopyOnWriteArrayList<>();
        LowBalance watch = new LowBalance(Money.of("10", "USD"), alerts::add, recoveries::add);

        look(balances, "USD", watch);

        assertThat(alerts).containsExactly(Money.of("9.99", "USD"), Money.of("-1", "USD"));
        assertThat(recoveries).containsExactly(Money.of("10", "USD"));
    }

    @Test
    void an_alert_that_throws_is_tried_again_and_ends_no_checks() throws Exception {
        Deque<String> balances = new ArrayDeque<>(List.of("3", "2", "1"));
        List<Money> alerts = new CopyOnWriteArrayList<>();
        LowBalance watch = new LowBalance(Money.of("10", "USD"), balance -> {
            alerts.add(balance);
            if (alerts.size() == 1) {
                throw new IllegalStateException("canary");
            }
        });

        ProviderHealth health = look(balances, "USD", watch);

        assertThat(alerts).containsExactly(Money.of("3", "USD"), Money.of("2", "USD"));
        assertThat(health.latest().orElseThrow().check()).isEqualTo(ACTIVE);
    }

    @Test
    void health_shows_the_balance_and_whether_it_is_low() throws Exception {
        LowBalance watch = new LowBalance(Money.of("10", "USD"), balance -> {});

        ProviderHealth.Reading low =
                look(new ArrayDeque<>(List.of("9")), "USD", watch).latest().orElseThrow();
        ProviderHealth.Reading enough =
                look(new ArrayDeque<>(List.of("10")), "USD", watch).latest().orElseThrow();

        assertThat(low.balance()).isEqualTo(Money.of("9", "USD"));
        assertThat(low.lowBalance()).isTrue();
        assertThat(enough.lowBalance()).isFalse();
    }

    @Test
    void a_threshold_in_another_currency_raises_no_alert() throws Exception {
        List<Money> alerts = new CopyOnWriteArrayList<>();

        ProviderHealth health =
                look(new ArrayDeque<>(List.of("9", "8")), "EUR", new LowBalance(Money.of("10", "USD"), alerts::add));

        assertThat(alerts).isEmpty();
        assertThat(health.latest().orElseThrow().balance()).isEqualTo(Money.of("8", "EUR"));
    }

    @Test
    void the_balance_of_an_account_that_does_not_work_is_not_asked_for() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        CountDownLatch checks = new CountDownLatch(3);
        ProviderHealth health = new ProviderHealth(
                new Checked(
                        () -> {
                            checks.countDown();
                            return new AccountCheck(State.SUSPENDED, "suspended");
                        },
                        () -> {
                            asked.incrementAndGet();
                            return new Answer.Missing<>();
                        }),
                time);
        scheduled(health, checks);

        assertThat(asked).hasValue(0);
        assertThat(health.latest().orElseThrow().balance()).isNull();
    }

    /** Looks once per balance and at least once more, which finds nothing new. */
    private ProviderHealth look(Deque<String> balances, String currency, LowBalance watch) throws Exception {
        CountDownLatch looks = new CountDownLatch(balances.size() + 1);
        Money[] last = new Money[1];
        ProviderHealth health = new ProviderHealth(
                new Checked(() -> ACTIVE, () -> {
                    looks.countDown();
                    String next = balances.poll();
                    last[0] = next == null ? last[0] : Money.of(next, currency);
                    return new Answer.Found<>(last[0]);
                }),
                time,
                watch);
        scheduled(health, looks);
        return health;
    }

    private static void scheduled(ProviderHealth health, CountDownLatch looks) throws Exception {
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
        try {
            Future<?> schedule = health.refreshEvery(Duration.ofMillis(1), executor);
            assertThat(looks.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(schedule.isDone()).isFalse();
        } finally {
            executor.shutdown();
            assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        }
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

    /** A provider that can only be checked, and asked for its balance. */
    private record Checked(Supplier<AccountCheck> answer, Supplier<Answer<Money>> money) implements Provider {
        Checked(Supplier<AccountCheck> answer) {
            this(answer, Answer.Missing::new);
        }

        @Override
        public Answer<Money> balance() {
            return money.get();
        }

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
