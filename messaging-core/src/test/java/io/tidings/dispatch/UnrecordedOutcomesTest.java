package io.tidings.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tidings.message.AttemptId;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.message.StoreUnavailableException;
import io.tidings.outbox.Handover;
import io.tidings.outbox.PollPlan;
import io.tidings.outbox.QueueRow;
import io.tidings.outbox.Settler;
import io.tidings.outbox.Stores;
import io.tidings.retry.RetryPolicy;
import io.tidings.throttle.Rate;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Outcomes that are recorded while the next attempts begin. */
class UnrecordedOutcomesTest {
    private static final int BATCH = 256;

    /** What runs on other threads, when the test lets it. */
    private final Queue<Runnable> others = new ArrayDeque<>();

    private int hints;

    @Test
    void while_many_outcomes_are_recorded_the_next_attempts_begin() {
        Bench bench = bench(2 * BATCH);
        Dispatcher dispatcher = dispatcher(bench);
        List<MessageId> sent = send(bench, BATCH + 10);
        dispatcher.tick();
        run(BATCH);

        dispatcher.tick();

        assertThat(bench.status(sent.get(0))).isEqualTo(MessageStatus.SENDING);
        assertThat(others).as("the recording and ten requests").hasSize(11);
        run(11);
        dispatcher.tick();
        assertThat(sent).extracting(bench::status).containsOnly(MessageStatus.ACCEPTED);
    }

    @Test
    void a_slot_is_free_when_its_outcome_is_recorded_and_not_before() {
        Bench bench = bench(BATCH);
        Dispatcher dispatcher = dispatcher(bench);
        List<MessageId> sent = send(bench, BATCH + 10);
        dispatcher.tick();
        run(BATCH);

        dispatcher.tick();
        dispatcher.tick();

        assertThat(others).as("the recording alone").hasSize(1);
        assertThat(dispatcher.isIdle()).isFalse();
        run(1);
        dispatcher.tick();
        assertThat(others).hasSize(10);
        assertThat(bench.status(sent.get(BATCH))).isEqualTo(MessageStatus.SENDING);
    }

    @Test
    void few_outcomes_are_recorded_at_once() {
        Bench bench = bench(2 * BATCH);
        Dispatcher dispatcher = dispatcher(bench);
        List<MessageId> sent = send(bench, 10);
        dispatcher.tick();
        run(10);

        dispatcher.tick();

        assertThat(sent).extracting(bench::status).containsOnly(MessageStatus.ACCEPTED);
    }

    @Test
    void a_store_that_is_down_gets_the_outcomes_when_it_is_back() {
        Bench bench = new Bench();
        BrokenOnce broken =
                new BrokenOnce(bench.stores.handover(), new StoreUnavailableException("down", new IOException()));
        UnrecordedOutcomes outcomes = outcomes(bench, broken);
        List<MessageId> sent = begin(bench, outcomes, BATCH);

        assertThat(outcomes.record()).isEmpty();
        run(1);
        assertThat(hints).isEqualTo(1);
        assertThat(outcomes.record()).as("tried again at once, on this thread").hasSize(BATCH);

        assertThat(broken.calls).isEqualTo(2);
        assertThat(outcomes.isRefused()).isFalse();
        assertThat(sent).extracting(bench::status).containsOnly(MessageStatus.ACCEPTED);
    }

    @Test
    void after_a_failure_together_each_is_recorded_alone() {
        Bench bench = new Bench();
        UnrecordedOutcomes outcomes =
                outcomes(bench, new BrokenOnce(bench.stores.handover(), new IllegalStateException("a broken row")));
        List<MessageId> sent = begin(bench, outcomes, BATCH);

        outcomes.record();
        run(1);

        assertThat(outcomes.record()).hasSize(BATCH);
        assertThat(outcomes.isEmpty()).isTrue();
        assertThat(outcomes.isRefused()).isFalse();
        assertThat(sent).extracting(bench::status).containsOnly(MessageStatus.ACCEPTED);
    }

    @Test
    void an_error_of_the_machine_loses_no_outcome() {
        Bench bench = new Bench();
        UnrecordedOutcomes outcomes =
                outcomes(bench, new BrokenOnce(bench.stores.handover(), new OutOfMemoryError("scripted")));
        begin(bench, outcomes, BATCH);
        outcomes.record();
        run(1);

        assertThat(catchThrowable(outcomes::record)).isInstanceOf(OutOfMemoryError.class);

        assertThat(outcomes.isRefused()).isTrue();
        assertThat(outcomes.record()).hasSize(BATCH);
    }

    private static Bench bench(int inFlight) {
        return new Bench(
                SenderRates.defaults().with(Bench.SENDER, Rate.perSecond(1_000)),
                DispatchSettings.defaults().withInFlight(inFlight),
                List.of());
    }

    private Dispatcher dispatcher(Bench bench) {
        Wakeup wakeup = new Wakeup();
        return new Dispatcher(
                "node", bench.setup, others::add, wakeup, new Crew(others::add, wakeup, bench.time::nanos));
    }

    private static List<MessageId> send(Bench bench, int messages) {
        return IntStream.range(0, messages)
                .mapToObj(number -> bench.send(Bench.to(number)).id())
                .toList();
    }

    private UnrecordedOutcomes outcomes(Bench bench, Handover handover) {
        Stores broken = bench.stores.withHandover(handover);
        Settler settler =
                new Settler(broken, RetryPolicy.defaults(), PollPlan.besideCallbacks(), bench.time, bench.random);
        return new UnrecordedOutcomes(settler, others::add, () -> hints++);
    }

    /** Attempts that were begun and answered. */
    private static List<MessageId> begin(Bench bench, UnrecordedOutcomes outcomes, int messages) {
        List<MessageId> sent = send(bench, messages);
        bench.stores.work().own("node", Duration.ofMinutes(1));
        Intents intents = new Intents(
                bench.stores,
                bench.gates,
                bench.time,
                "node",
                new SendChecks(null, Runnable::run, bench.time, new Wakeup()));
        List<QueueRow> rows = sent.stream()
                .map(id -> bench.stores.outbox().find(id).orElseThrow())
                .toList();
        int number = 0;
        for (QueueRow row : intents.commit(rows)) {
            outcomes.add(new Wire.Done(row, ScriptedProvider.accepted(++number)));
        }
        assertThat(number).isEqualTo(messages);
        return sent;
    }

    private void run(int count) {
        for (int i = 0; i < count; i++) {
            others.remove().run();
        }
    }

    /** Fails the first time. */
    private static final class BrokenOnce implements Handover {
        private final Handover handover;
        private final Throwable failure;
        private int calls;

        BrokenOnce(Handover handover, Throwable failure) {
            this.handover = handover;
            this.failure = failure;
        }

        @Override
        public Set<AttemptId> settle(List<Taken> taken) {
            if (calls++ == 0) {
                if (failure instanceof Error broken) {
                    throw broken;
                }
                throw (RuntimeException) failure;
            }
            return handover.settle(taken);
        }

        @Override
        public Advanced advance(List<Told> told) {
            return handover.advance(told);
        }

        @Override
        public boolean advances() {
            return handover.advances();
        }
    }
}
