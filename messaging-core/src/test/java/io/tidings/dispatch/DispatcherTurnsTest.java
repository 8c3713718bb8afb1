package io.tidings.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.message.Sender;
import io.tidings.provider.AccountCheck;
import io.tidings.provider.Outcome;
import io.tidings.provider.Submission;
import io.tidings.throttle.Rate;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** Whose turn it is, and when the loop comes back by itself. */
class DispatcherTurnsTest {
    private static final Sender.ShortCode OTHER = new Sender.ShortCode("55513");

    /** Blocking calls that the test lets run when it wants. */
    private final Queue<Runnable> calls = new ArrayDeque<>();

    private int numbers;

    @Test
    void a_sender_with_a_backlog_leaves_slots_in_flight_to_the_others() {
        Bench bench = bench(1);
        Dispatcher dispatcher = dispatcher(bench);
        for (int i = 0; i < 20; i++) {
            bench.send(Bench.to(i));
            bench.send(Bench.to(100 + i).from(OTHER));
        }

        for (int step = 0; step < 40; step++) {
            bench.time.forward(Duration.ofMillis(25));
            dispatcher.tick();
            runCalls();
        }

        List<Sender> first = bench.provider.submissions().stream()
                .limit(20)
                .map(submission -> submission.from())
                .toList();
        assertThat(first).filteredOn(OTHER::equals).hasSizeBetween(9, 11);
    }

    @Test
    void the_first_message_of_a_sender_that_nobody_used_leaves_at_once() {
        Bench bench = new Bench(
                SenderRates.defaults().with(OTHER, Rate.perSecond(1)), DispatchSettings.defaults(), List.of());
        Dispatcher dispatcher = dispatcher(bench);
        bench.send(Bench.to(1));
        bench.send(Bench.to(2).from(OTHER));
        bench.send(Bench.to(3).from(OTHER));

        dispatcher.tick();
        runCalls();

        assertThat(bench.provider.submissions())
                .extracting(Submission::from)
                .containsExactlyInAnyOrder(Bench.SENDER, OTHER);
    }

    @Test
    void a_node_that_takes_over_a_sender_starts_empty_because_the_last_one_may_just_have_used_it_up() {
        Bench bench = bench(64);
        Dispatcher first = dispatcher(bench);
        sendThrough(bench, first, 64);
        first.disown();
        bench.time.forward(Duration.ofMillis(900));

        Dispatcher second = dispatcher(bench, "other");
        sendThrough(bench, second, 64);

        assertThat(bench.provider.submissions()).hasSize(64);
    }

    @Test
    void a_node_that_takes_over_a_sender_that_rested_starts_full() {
        Bench bench = bench(64);
        Dispatcher first = dispatcher(bench);
        sendThrough(bench, first, 64);
        first.disown();
        bench.time.forward(Duration.ofSeconds(2));

        Dispatcher second = dispatcher(bench, "other");
        sendThrough(bench, second, 64);

        assertThat(bench.provider.submissions()).hasSize(128);
    }

    @Test
    void a_node_that_gets_a_sender_back_does_not_use_what_piled_up_while_another_one_sent() {
        Bench bench = bench(64);
        Dispatcher first = dispatcher(bench);
        sendThrough(bench, first, 1);
        first.disown();
        Dispatcher second = dispatcher(bench, "other");
        bench.time.forward(Duration.ofSeconds(2));
        sendThrough(bench, second, 64);
        second.disown();
        bench.time.forward(Duration.ofMillis(100));

        sendThrough(bench, first, 64);

        assertThat(bench.provider.submissions()).hasSize(65);
    }

    /** Takes that many messages in and lets the dispatcher send what it may right now. */
    private void sendThrough(Bench bench, Dispatcher dispatcher, int messages) {
        for (int i = 0; i < messages; i++) {
            bench.send(Bench.to(numbers++));
        }
        dispatcher.tick();
        runCalls();
        dispatcher.tick();
    }

    @Test
    void a_new_sender_waits_no_longer_than_the_pause_between_two_looks() {
        Bench bench = bench(64);
        Dispatcher dispatcher = dispatcher(bench);
        bench.time.forward(Duration.ofSeconds(1));
        dispatcher.tick();

        bench.send(Bench.to(1).from(OTHER));
        long again = dispatcher.tick();

        assertThat(Duration.ofNanos(again)).isBetween(Duration.ofMillis(1), Duration.ofMillis(20));
    }

    @Test
    void polls_that_wait_for_a_free_place_do_not_keep_the_loop_busy() {
        Bench bench = bench(64);
        Dispatcher dispatcher = dispatcher(bench);
        for (int i = 0; i < 20; i++) {
            bench.send(Bench.to(i));
        }
        for (int step = 0; step < 10; step++) {
            bench.time.forward(Duration.ofMillis(100));
            dispatcher.tick();
            runCalls();
        }
        dispatcher.tick();
        bench.time.forward(Duration.ofMinutes(2));
        dispatcher.tick();

        assertThat(calls).hasSize(8);
        assertThat(dispatcher.tick()).isPositive();
        assertThat(calls).hasSize(8);
        runCalls();
        dispatcher.tick();
        assertThat(calls).hasSize(8);
    }

    @Test
    void a_check_of_the_account_that_throws_is_not_the_last_one() {
        Bench bench = bench(64);
        for (int i = 0; i < 4; i++) {
            bench.send(Bench.to(i));
            bench.provider.next(new Outcome.Unsent("connection refused"));
        }
        bench.provider.breaksChecks(2);

        bench.forward(Duration.ofSeconds(3));
        assertThat(bench.worker.stopReason(io.tidings.message.AccountId.DEFAULT))
                .contains("IllegalStateException");
        bench.provider.account(AccountCheck.State.ACTIVE);
        bench.forward(Duration.ofMinutes(1));

        assertThat(bench.provider.submissions()).hasSize(8);
    }

    @Test
    void a_client_that_throws_what_it_does_not_declare_gives_its_slot_back_and_leaves_the_message_held() {
        Bench bench = bench(1);
        MessageId first = bench.send(Bench.to(1)).id();
        bench.provider.next(
                submission -> DispatcherTurnsTest.<RuntimeException>undeclared(new InterruptedException("scripted")));
        bench.forward(Duration.ofSeconds(1));
        MessageId second = bench.send(Bench.to(2)).id();
        bench.forward(Duration.ofSeconds(1));

        assertThat(bench.status(first)).isEqualTo(MessageStatus.UNCERTAIN);
        assertThat(bench.status(second)).isEqualTo(MessageStatus.ACCEPTED);
    }

    /** Throws a checked exception past the compiler, as Kotlin does. */
    @SuppressWarnings("unchecked")
    private static <X extends Throwable> Outcome undeclared(Throwable thrown) throws X {
        throw (X) thrown;
    }

    private static Bench bench(int inFlight) {
        return new Bench(
                SenderRates.defaults().with(Bench.SENDER, Rate.perSecond(1_000)).with(OTHER, Rate.perSecond(1_000)),
                DispatchSettings.defaults().withInFlight(inFlight),
                List.of());
    }

    private Dispatcher dispatcher(Bench bench) {
        return dispatcher(bench, "node");
    }

    private Dispatcher dispatcher(Bench bench, String node) {
        Wakeup wakeup = new Wakeup();
        return new Dispatcher(node, bench.setup, calls::add, wakeup, new Crew(calls::add, wakeup, bench.time::nanos));
    }

    private void runCalls() {
        for (int left = calls.size(); left > 0; left--) {
            calls.remove().run();
        }
    }
}
