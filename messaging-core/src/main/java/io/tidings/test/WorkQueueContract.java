package io.tidings.test;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.history.TryCount;
import io.tidings.message.AccountId;
import io.tidings.message.AttemptId;
import io.tidings.message.MessageId;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Sender;
import io.tidings.outbox.OwnedSender;
import io.tidings.outbox.QueueRow;
import io.tidings.outbox.QueueRow.State;
import io.tidings.outbox.SenderKey;
import io.tidings.outbox.Settled;
import io.tidings.outbox.Skip;
import io.tidings.outbox.WorkQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link WorkQueue} does with leases, attempts and their ends; {@link DueOrderContract} has the order. */
abstract class WorkQueueContract extends StoreContract {
    private static final Sender OTHER_SENDER = new Sender.Alphanumeric("Tidings");
    private static final SenderKey OTHER_QUEUE = new SenderKey(AccountId.DEFAULT, OTHER_SENDER, 0);
    private static final int RACES = 10_000;
    private static final int MANY = 40;

    WorkQueueContract(AllStoresContract author) {
        super(author);
    }

    private WorkQueue work() {
        return stores().work();
    }

    private Set<SenderKey> owned(String node) {
        return work().own(node, LEASE).senders().stream()
                .map(OwnedSender::sender)
                .collect(Collectors.toSet());
    }

    private State state(QueueRow row) {
        return stores().outbox().find(id(row)).orElseThrow().state();
    }

    @Test
    void a_node_owns_the_senders_that_have_messages() {
        assertThat(work().own(NODE, LEASE).senders()).isEmpty();
        enqueue();
        enqueue(message -> message.from(OTHER_SENDER));

        assertThat(owned(NODE)).containsExactlyInAnyOrder(QUEUE, OTHER_QUEUE);
    }

    @Test
    void a_sender_has_one_owner_at_a_time() {
        enqueue();
        work().own(NODE, LEASE);
        enqueue(message -> message.from(OTHER_SENDER));

        assertThat(owned(OTHER_NODE)).containsExactly(OTHER_QUEUE);
        assertThat(owned(NODE)).containsExactly(QUEUE);
    }

    @Test
    void a_lease_ends_by_itself_and_owning_again_extends_it() {
        enqueue();
        work().own(NODE, LEASE);
        advance(LEASE.dividedBy(2));
        work().own(NODE, LEASE);
        advance(LEASE.dividedBy(2).plusSeconds(1));
        assertThat(work().own(OTHER_NODE, LEASE).senders()).isEmpty();

        advance(LEASE.dividedBy(2));

        assertThat(owned(OTHER_NODE)).containsExactly(QUEUE);
        assertThat(work().own(NODE, LEASE).senders()).isEmpty();
    }

    @Test
    void a_sender_that_is_given_back_is_free_at_once() {
        enqueue();
        work().own(NODE, LEASE);

        work().disown(NODE);

        assertThat(owned(OTHER_NODE)).containsExactly(QUEUE);
    }

    @Test
    void giving_back_takes_nothing_from_another_node() {
        enqueue();
        work().own(NODE, LEASE);

        work().disown(OTHER_NODE);

        assertThat(work().own(OTHER_NODE, LEASE).senders()).isEmpty();
    }

    @Test
    void a_sender_that_nobody_owned_before_has_no_time_of_rest() {
        enqueue();

        assertThat(work().own(NODE, LEASE).senders()).containsExactly(new OwnedSender(QUEUE, null));
        advance(LEASE.dividedBy(2));
        assertThat(work().own(NODE, LEASE).senders()).containsExactly(new OwnedSender(QUEUE, null));
    }

    @Test
    void a_sender_has_rested_since_it_was_given_back() {
        enqueue();
        work().own(NODE, LEASE);
        work().disown(NODE);
        advance(Duration.ofSeconds(7));

        work().own(OTHER_NODE, LEASE);
        advance(LEASE.dividedBy(2));

        assertThat(rested(OTHER_NODE)).isBetween(Duration.ofSeconds(7), Duration.ofSeconds(12));
    }

    @Test
    void a_sender_whose_owner_vanished_has_rested_since_the_end_of_the_lease() {
        enqueue();
        work().own(NODE, LEASE);
        advance(LEASE.plusSeconds(7));

        assertThat(rested(OTHER_NODE)).isBetween(Duration.ofSeconds(7), Duration.ofSeconds(12));
    }

    @Test
    void giving_back_a_lease_that_has_ended_shortens_no_rest() {
        enqueue();
        work().own(NODE, LEASE);
        advance(LEASE.plusSeconds(7));
        work().disown(NODE);

        assertThat(rested(OTHER_NODE)).isBetween(Duration.ofSeconds(7), Duration.ofSeconds(12));
    }

    /** On a real clock the test itself takes some time. */
    private Duration rested(String node) {
        return requireNonNull(
                work().own(node, LEASE).senders().iterator().next().rested());
    }

    @Test
    void of_many_nodes_at_once_one_owns_a_sender() throws Exception {
        enqueue();
        List<Callable<Set<OwnedSender>>> nodes = IntStream.range(0, 8)
                .mapToObj(i -> (Callable<Set<OwnedSender>>)
                        () -> work().own("node-" + i, LEASE).senders())
                .toList();

        assertThat(Together.call(nodes)).filteredOn(owned -> !owned.isEmpty()).hasSize(1);
    }

    @Test
    void an_attempt_begins_with_the_next_number() {
        QueueRow row = enqueue();
        work().own(NODE, LEASE);

        List<QueueRow> begun = work().begin(NODE, List.of(row));

        assertThat(begun).singleElement().satisfies(sending -> {
            assertThat(sending.stored()).isEqualTo(row.stored());
            assertThat(sending.state()).isEqualTo(State.SENDING);
            assertThat(sending.tries()).isEqualTo(new TryCount(1, 0));
            assertThat(stores().outbox().find(id(row))).contains(sending);
        });
    }

    @Test
    void begun_rows_come_in_the_given_order_without_those_that_do_not_wait() {
        QueueRow first = enqueue();
        QueueRow second = enqueue();
        QueueRow third = enqueue();
        QueueRow gone = enqueue();
        QueueRow unknown = waiting();
        begin(NODE, second);
        stores().outbox().withdraw(id(gone));

        List<QueueRow> begun = work().begin(NODE, List.of(third, second, unknown, gone, first, third));

        assertThat(begun).extracting(StoreContract::id).containsExactly(id(third), id(first));
        assertThat(stores().outbox().find(id(second)).orElseThrow().tries()).isEqualTo(new TryCount(1, 0));
    }

    @Test
    void what_was_put_off_since_it_was_read_does_not_begin() {
        QueueRow read = enqueue();
        work().own(NODE, LEASE);
        work().settle(new Settled.Delay(id(read), Duration.ofHours(1)));
        QueueRow now = stores().outbox().find(id(read)).orElseThrow();

        assertThat(work().begin(NODE, List.of(read))).isEmpty();
        assertThat(stores().outbox().find(id(read))).contains(now);
    }

    @Test
    void what_was_tried_since_it_was_read_does_not_begin() {
        QueueRow read = enqueue();
        work().settle(again(begin(NODE, read), Duration.ZERO));
        QueueRow now = stores().outbox().find(id(read)).orElseThrow();

        assertThat(work().begin(NODE, List.of(read))).isEmpty();
        assertThat(stores().outbox().find(id(read))).contains(now);
    }

    @Test
    void only_the_owner_begins() {
        QueueRow row = enqueue();
        work().own(NODE, LEASE);

        assertThat(work().begin(OTHER_NODE, List.of(row))).isEmpty();
        assertThat(state(row)).isEqualTo(State.QUEUED);
    }

    @Test
    void nobody_begins_after_the_lease() {
        QueueRow row = enqueue();
        work().own(NODE, LEASE);
        advance(LEASE.plusMillis(1));

        assertThat(work().begin(NODE, List.of(row))).isEmpty();
        assertThat(state(row)).isEqualTo(State.QUEUED);
    }

    @Test
    void a_node_knows_what_it_has_begun_and_nobody_has_settled() {
        QueueRow waiting = enqueue();
        QueueRow mine = begin(NODE, enqueue());
        QueueRow held = begin(NODE, enqueue());
        QueueRow gone = begin(NODE, enqueue());
        work().settle(new Settled.Hold(held.attempt()));
        work().settle(new Settled.Leave(gone.attempt()));
        AttemptId later = new AttemptId(id(mine), 2);
        List<AttemptId> asked = List.of(waiting.nextAttempt(), mine.attempt(), held.attempt(), gone.attempt(), later);

        assertThat(work().begunBy(NODE, asked)).containsExactly(mine.attempt());
        assertThat(work().begunBy(OTHER_NODE, asked)).isEmpty();
        assertThat(work().begunBy(NODE, List.of())).isEmpty();
    }

    @Test
    void the_end_of_an_attempt_takes_the_message_out() {
        QueueRow row = begin(NODE, enqueue());

        assertThat(work().settle(new Settled.Leave(row.attempt()))).isTrue();
        assertThat(stores().outbox().find(id(row))).isEmpty();
        assertThat(work().settle(new Settled.Leave(row.attempt()))).isFalse();
    }

    @Test
    void another_try_waits_from_now_with_its_count_and_cause() {
        QueueRow row = begin(NODE, enqueue());

        assertThat(work().settle(again(row, Duration.ofMinutes(10)))).isTrue();

        assertThat(stores().outbox().find(id(row))).hasValueSatisfying(queued -> {
            assertThat(queued.state()).isEqualTo(State.QUEUED);
            assertThat(queued.tries()).isEqualTo(new TryCount(1, 1));
            assertThat(queued.lastFailure()).isEqualTo(LINE_BUSY);
        });
        assertThat(work().due(QUEUE, 10, Skip.NONE)).isEmpty();
        advance(Duration.ofMinutes(10));
        assertThat(work().due(QUEUE, 10, Skip.NONE))
                .extracting(StoreContract::id)
                .containsExactly(id(row));
    }

    private static Settled.TryAgain again(QueueRow row, Duration pause) {
        return new Settled.TryAgain(row.attempt(), pause, row.tries().charge(), LINE_BUSY);
    }

    @Test
    void an_attempt_that_is_over_moves_nothing_any_more() {
        QueueRow first = begin(NODE, enqueue());
        work().settle(again(first, Duration.ZERO));
        QueueRow second = begin(NODE, first);
        assertThat(second.attempt()).isEqualTo(new AttemptId(id(first), 2));

        assertThat(work().settle(new Settled.Leave(first.attempt()))).isFalse();
        assertThat(work().settle(again(first, Duration.ZERO))).isFalse();
        assertThat(work().settle(new Settled.Hold(first.attempt()))).isFalse();

        assertThat(stores().outbox().find(id(first))).contains(second);
    }

    @Test
    void an_attempt_that_is_not_begun_yet_moves_nothing() {
        QueueRow row = begin(NODE, enqueue());
        AttemptId next = new AttemptId(id(row), 2);

        assertThat(work().settle(new Settled.Leave(next))).isFalse();
        assertThat(work().settle(new Settled.Hold(next))).isFalse();

        assertThat(stores().outbox().find(id(row))).contains(row);
    }

    @Test
    void a_waiting_message_is_not_moved_by_its_last_attempt() {
        QueueRow row = begin(NODE, enqueue());
        work().settle(again(row, Duration.ofHours(1)));
        QueueRow queued = stores().outbox().find(id(row)).orElseThrow();

        assertThat(work().settle(new Settled.Leave(row.attempt()))).isFalse();
        assertThat(work().settle(again(row, Duration.ZERO))).isFalse();
        assertThat(work().settle(new Settled.Hold(row.attempt()))).isFalse();

        assertThat(stores().outbox().find(id(row))).contains(queued);
    }

    @Test
    void a_message_that_is_in_the_air_is_held_once() {
        QueueRow row = begin(NODE, enqueue());

        assertThat(work().settle(new Settled.Hold(row.attempt()))).isTrue();
        assertThat(work().settle(new Settled.Hold(row.attempt()))).isFalse();

        assertThat(state(row)).isEqualTo(State.UNCERTAIN);
        assertThat(work().due(QUEUE, 10, Skip.NONE)).isEmpty();
        assertThat(work().begin(NODE, List.of(row))).isEmpty();
    }

    @Test
    void evidence_takes_a_held_message_out_or_back() {
        QueueRow sent = begin(NODE, enqueue());
        QueueRow lost = begin(NODE, enqueue());
        work().settle(new Settled.Hold(sent.attempt()));
        work().settle(new Settled.Hold(lost.attempt()));

        assertThat(work().settle(new Settled.Leave(sent.attempt()))).isTrue();
        assertThat(work().settle(again(lost, Duration.ZERO))).isTrue();

        assertThat(stores().outbox().find(id(sent))).isEmpty();
        assertThat(state(lost)).isEqualTo(State.QUEUED);
    }

    @Test
    void a_gate_puts_off_only_a_waiting_message() {
        QueueRow row = enqueue();
        Settled.Delay delay = new Settled.Delay(id(row), Duration.ofMinutes(10));
        assertThat(work().settle(delay)).isTrue();
        assertThat(work().due(QUEUE, 10, Skip.NONE)).isEmpty();
        assertThat(stores().outbox().find(id(row)).orElseThrow().tries()).isEqualTo(TryCount.NONE);
        advance(Duration.ofMinutes(10));
        assertThat(work().due(QUEUE, 10, Skip.NONE)).hasSize(1);

        QueueRow sending = begin(NODE, row);

        assertThat(work().settle(delay)).isFalse();
        work().settle(new Settled.Hold(sending.attempt()));
        assertThat(work().settle(delay)).isFalse();
        assertThat(work().settle(new Settled.Delay(id(waiting()), LEASE))).isFalse();
    }

    @Test
    void messages_of_a_node_that_lost_its_sender_are_held_and_never_sent_again_by_themselves() {
        QueueRow sending = begin(NODE, enqueue());
        QueueRow waiting = enqueue();
        assertThat(work().recover(10)).isEmpty();
        advance(LEASE.plusMillis(1));

        List<QueueRow> held = work().recover(10);

        assertThat(held).singleElement().satisfies(row -> {
            assertThat(row.attempt()).isEqualTo(sending.attempt());
            assertThat(row.state()).isEqualTo(State.UNCERTAIN);
        });
        assertThat(state(sending)).isEqualTo(State.UNCERTAIN);
        assertThat(state(waiting)).isEqualTo(State.QUEUED);
        work().own(OTHER_NODE, LEASE);
        assertThat(work().due(QUEUE, 10, Skip.NONE))
                .extracting(StoreContract::id)
                .containsExactly(id(waiting));
        assertThat(work().recover(10)).isEmpty();
    }

    @Test
    void messages_of_a_new_owner_are_left_alone() {
        QueueRow old = begin(NODE, enqueue());
        work().disown(NODE);
        QueueRow fresh = begin(OTHER_NODE, enqueue());

        assertThat(work().recover(10)).extracting(StoreContract::id).containsExactly(id(old));
        assertThat(state(fresh)).isEqualTo(State.SENDING);
    }

    @Test
    void a_node_that_still_owns_its_sender_is_not_recovered() {
        QueueRow row = begin(NODE, enqueue());
        for (int i = 0; i < 5; i++) {
            advance(LEASE.dividedBy(2));
            work().own(NODE, LEASE);
            assertThat(work().recover(10)).isEmpty();
        }
        assertThat(state(row)).isEqualTo(State.SENDING);
    }

    @Test
    void recovery_takes_no_more_than_asked_and_goes_on() {
        for (int i = 0; i < 5; i++) {
            begin(NODE, enqueue());
        }
        work().disown(NODE);

        assertThat(work().recover(2)).hasSize(2);
        assertThat(work().recover(2)).hasSize(2);
        assertThat(work().recover(2)).hasSize(1);
        assertThat(stores().outbox().counts().uncertain()).isEqualTo(5);
    }

    @Test
    void of_many_messages_exactly_those_begin_that_still_wait() {
        List<QueueRow> rows = IntStream.range(0, MANY).mapToObj(i -> enqueue()).toList();
        work().own(NODE, LEASE);
        stores().outbox().withdraw(id(rows.get(3)));
        QueueRow before = begin(NODE, rows.get(5));
        List<QueueRow> asked = rows.stream()
                .sorted(Comparator.comparing(StoreContract::id).reversed())
                .toList();

        List<QueueRow> begun = work().begin(NODE, asked);

        List<MessageId> expected =
                new ArrayList<>(asked.stream().map(row -> id(row)).toList());
        expected.removeAll(List.of(id(rows.get(3)), id(before)));
        assertThat(begun).extracting(row -> id(row)).isEqualTo(expected);
        assertThat(begun)
                .allSatisfy(row -> assertThat(row.state()).isEqualTo(State.SENDING))
                .allSatisfy(row -> assertThat(stores().outbox().find(id(row))).contains(row));
        assertThat(work().begin(NODE, asked)).isEmpty();
    }

    @Test
    void between_cancelling_and_beginning_exactly_one_wins() throws Exception {
        long seed = Long.getLong("tidings.seed", 20260615L);
        System.Logger log = System.getLogger(WorkQueueContract.class.getName());
        log.log(System.Logger.Level.INFO, "withdraw against begin, seed {0}", Long.toString(seed));
        List<QueueRow> rows = IntStream.range(0, RACES).mapToObj(i -> enqueue()).toList();
        work().own(NODE, Duration.ofHours(1));
        CyclicBarrier round = new CyclicBarrier(2);
        SplittableRandom random = new SplittableRandom(seed);
        SplittableRandom other = random.split();

        List<int[]> wins = Together.call(List.of(
                () -> race(
                        rows,
                        round,
                        random,
                        row -> stores().outbox().withdraw(id(row)).isPresent()),
                () -> race(
                        rows,
                        round,
                        other,
                        row -> !work().begin(NODE, List.of(row)).isEmpty())));

        for (int i = 0; i < RACES; i++) {
            assertThat(wins.get(0)[i] + wins.get(1)[i])
                    .as("winners of race %d", i)
                    .isEqualTo(1);
            assertThat(stores().outbox().find(id(rows.get(i))).map(QueueRow::state))
                    .isEqualTo(wins.get(1)[i] == 1 ? Optional.of(State.SENDING) : Optional.empty());
        }
        assertThat(IntStream.of(wins.get(0)).sum())
                .as("races that withdrawing won")
                .isBetween(1, RACES - 1);
    }

    private interface Move {
        boolean make(QueueRow row);
    }

    private static int[] race(List<QueueRow> rows, CyclicBarrier round, SplittableRandom random, Move move)
            throws Exception {
        int[] won = new int[rows.size()];
        for (int i = 0; i < won.length; i++) {
            round.await(60, TimeUnit.SECONDS);
            for (int spin = random.nextInt(2_000); spin > 0; spin--) {
                Thread.onSpinWait();
            }
            won[i] = move.make(rows.get(i)) ? 1 : 0;
        }
        return won;
    }

    @Test
    void messages_with_an_open_attempt_are_found_by_their_number() {
        PhoneNumber to = number(4_711);
        OutboundMessage.Builder equal = OutboundMessage.to(to).from(SENDER).text("Your table is ready.");
        QueueRow uncertain = begin(NODE, enqueue(message -> equal));
        work().settle(new Settled.Hold(uncertain.attempt()));
        QueueRow sending = begin(NODE, enqueue(message -> equal));
        QueueRow again = begin(NODE, enqueue(message -> equal));
        work().settle(new Settled.TryAgain(again.attempt(), Duration.ZERO, again.tries(), null));
        QueueRow gone = begin(NODE, enqueue(message -> equal));
        work().settle(new Settled.Leave(gone.attempt()));
        enqueue(message -> equal);
        begin(NODE, enqueue());

        List<QueueRow> open = work().unresolved(AccountId.DEFAULT, to);

        assertThat(open)
                .extracting(QueueRow::attempt)
                .containsExactlyInAnyOrder(uncertain.attempt(), sending.attempt());
        assertThat(open).extracting(QueueRow::state).containsExactlyInAnyOrder(State.UNCERTAIN, State.SENDING);
        assertThat(work().unresolved(new AccountId("other"), to)).isEmpty();
        assertThat(work().unresolved(AccountId.DEFAULT, number(4_712))).isEmpty();
    }
}
