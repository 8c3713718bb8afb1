package io.tidings.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.message.AttemptStatus;
import io.tidings.message.MessageStatus;
import io.tidings.outbox.Lookout;
import io.tidings.outbox.Lookout.Renewal;
import io.tidings.outbox.Lookout.Told;
import io.tidings.outbox.Receipt;
import io.tidings.outbox.Substituted;
import io.tidings.provider.Outcome;
import io.tidings.test.SteppableTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a node with nothing to do asks its store for. */
class CalmTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final SteppableTime time = new SteppableTime();
    private final List<Renewal> looks = new ArrayList<>();
    private boolean due;

    private boolean look(Lookout.Watch watch, Renewal renewal) {
        looks.add(renewal);
        return !due;
    }

    /** The longest time between two renewals of each kind while a node rests for an hour. */
    private Map<Renewal, Duration> rest(DispatchSettings settings) {
        Calm calm = new Calm("node", this::look, settings, time);
        calm.broken(time.nanos(), time.nanos());
        Map<Renewal, Long> renewedAt = new EnumMap<>(Renewal.class);
        Map<Renewal, Duration> longest = new EnumMap<>(Renewal.class);
        long began = time.nanos();
        while (time.nanos() - began < HOUR.toNanos()) {
            long wait = calm.look(0, true);
            for (Renewal kind : Renewal.values()) {
                Duration since = Duration.ofNanos(time.nanos() - renewedAt.getOrDefault(kind, began));
                longest.merge(kind, since, (one, other) -> one.compareTo(other) > 0 ? one : other);
            }
            renewedAt.put(looks.get(looks.size() - 1), time.nanos());
            time.forward(Duration.ofNanos(wait));
        }
        return longest;
    }

    @Test
    void five_statements_in_six_seconds_also_renew_what_the_node_has() {
        Map<Renewal, Duration> longest = rest(DispatchSettings.defaults());

        assertThat(looks).hasSize((int) HOUR.toSeconds() / 6 * 5);
        assertThat(longest.get(Renewal.PRESENCE)).isLessThanOrEqualTo(Duration.ofSeconds(5));
        assertThat(longest.get(Renewal.SENDERS)).isLessThanOrEqualTo(Duration.ofSeconds(21));
        assertThat(longest.get(Renewal.SLOTS)).isLessThanOrEqualTo(Duration.ofSeconds(22));
    }

    @Test
    void a_poll_interval_that_is_longer_than_a_presence_loses_nothing() {
        Map<Renewal, Duration> longest = rest(DispatchSettings.defaults().withPollInterval(Duration.ofMinutes(1)));

        assertThat(looks).hasSize((int) HOUR.toSeconds() / 2);
        assertThat(longest.get(Renewal.PRESENCE)).isLessThan(Duration.ofSeconds(10));
        assertThat(longest.get(Renewal.SENDERS)).isLessThan(Duration.ofSeconds(30));
        assertThat(longest.get(Renewal.SLOTS)).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void others_may_go_by_a_look_until_the_looks_after_it_should_have_come() {
        Calm calm = new Calm("node", this::look, DispatchSettings.defaults(), time);
        calm.broken(time.nanos(), time.nanos());
        assertThat(calm.left()).isZero();

        calm.look(0, false);
        assertThat(calm.left()).isEqualTo(Duration.ofSeconds(3));
        time.forward(Duration.ofSeconds(3));
        assertThat(calm.left()).isZero();

        calm.look(0, false);
        due = true;
        assertThat(calm.look(0, false)).isZero();
        assertThat(calm.left()).isZero();
    }

    @Test
    void what_this_node_tells_of_is_looked_for() {
        Told told = new Told(Set.of(), Set.of("crm"));
        List<Told> asked = new ArrayList<>();
        Calm calm = new Calm("node", (watch, renewal) -> asked.add(watch.told()), DispatchSettings.defaults(), time);

        calm.look(0, false);
        calm.lookFor(() -> told);
        calm.look(0, false);

        assertThat(asked).containsExactly(Told.NOBODY, told);
    }

    @Test
    void a_node_works_when_something_is_due_and_rests_again_when_it_was_done() {
        Bench bench = new Bench();
        Queue<Runnable> calls = new ArrayDeque<>();
        Dispatcher dispatcher = dispatcher(bench, calls);
        wake(bench, dispatcher);
        assertThat(looks).isEmpty();
        wake(bench, dispatcher);
        assertThat(looks).hasSize(1);

        Receipt receipt = bench.send(Bench.to(1));
        wake(bench, dispatcher);
        assertThat(calls).isEmpty();
        due = true;
        wake(bench, dispatcher);
        calls.remove().run();
        wake(bench, dispatcher);
        assertThat(bench.status(receipt.id())).isEqualTo(MessageStatus.ACCEPTED);
        assertThat(looks).hasSize(3);

        due = false;
        wake(bench, dispatcher);
        wake(bench, dispatcher);

        assertThat(looks).hasSize(4);
    }

    /** The poll interval is over, nobody told anything. */
    private static void wake(Bench bench, Dispatcher dispatcher) {
        bench.time.forward(Duration.ofSeconds(1));
        dispatcher.look();
    }

    @Test
    void a_request_in_the_air_is_not_rest() {
        Bench bench = new Bench();
        Queue<Runnable> calls = new ArrayDeque<>();
        Dispatcher dispatcher = dispatcher(bench, calls);
        bench.send(Bench.to(1));
        dispatcher.tick();

        for (int i = 0; i < 10; i++) {
            wake(bench, dispatcher);
        }

        assertThat(looks).isEmpty();
    }

    private Dispatcher dispatcher(Bench bench, Queue<Runnable> calls) {
        Wakeup wakeup = new Wakeup();
        return new Dispatcher(
                "node", watched(bench), calls::add, wakeup, new Crew(calls::add, wakeup, bench.time::nanos));
    }

    private WorkerSetup watched(Bench bench) {
        WorkerSetup plain = bench.setup;
        return new WorkerSetup(
                Substituted.lookout(bench.stores, this::look),
                plain.settler(),
                plain.gates(),
                plain.providers(),
                plain.callbacks(),
                plain.settings(),
                plain.rates(),
                plain.polls(),
                plain.looks(),
                plain.time(),
                plain.executor());
    }

    @Test
    void a_hint_makes_a_resting_node_send_without_a_look() throws InterruptedException {
        Bench bench = new Bench(
                SenderRates.defaults(), DispatchSettings.defaults().withPollInterval(Duration.ofDays(1)), List.of());
        Semaphore sent = new Semaphore(0);
        for (String sid : List.of("a", "b")) {
            bench.provider.next(submission -> {
                sent.release();
                return new Outcome.Accepted("SM" + sid.repeat(32), AttemptStatus.QUEUED);
            });
        }
        try (Worker worker = new Worker(watched(bench))) {
            worker.start();
            bench.send(Bench.to(1));
            bench.time.forward(Duration.ofSeconds(1));
            worker.wake();
            assertThat(sent.tryAcquire(20, TimeUnit.SECONDS)).isTrue();

            bench.send(Bench.to(2));
            bench.time.forward(Duration.ofSeconds(1));
            worker.wake();

            assertThat(sent.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(looks).isEmpty();
    }
}
