package io.tidings.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.history.Attempt;
import io.tidings.history.MessageRow;
import io.tidings.history.Observation;
import io.tidings.message.AttemptId;
import io.tidings.message.AttemptStatus;
import io.tidings.message.MessageStatus;
import io.tidings.message.TenantId;
import io.tidings.outbox.Handover;
import io.tidings.outbox.Handover.Taken;
import io.tidings.outbox.QueueCounts;
import io.tidings.outbox.QueueRow;
import io.tidings.outbox.Settled;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every {@link Handover} does. */
abstract class HandoverContract extends StoreContract {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    HandoverContract(AllStoresContract author) {
        super(author);
    }

    private Set<AttemptId> settle(Taken... taken) {
        return stores().handover().settle(List.of(taken));
    }

    /** A message whose first attempt is in the air. */
    private QueueRow sending() {
        return begin(NODE, enqueue());
    }

    private static Taken taken(QueueRow row, int sid) {
        return new Taken(row.attempt(), answer(sid), MessageStatus.ACCEPTED, MINUTE);
    }

    private static Observation answer(int sid) {
        return new Observation(
                AttemptStatus.QUEUED,
                String.format(Locale.ROOT, "SM%032x", sid),
                0,
                null,
                Observation.Source.ANSWER,
                LONG_AGO.plusSeconds(sid),
                Map.of());
    }

    private Attempt attempt(QueueRow row) {
        return stores().attempts().attempts(id(row)).get(0);
    }

    @Test
    void what_the_provider_took_moves_to_the_history_with_all_that_was_seen() {
        QueueRow first = sending();
        QueueRow second = sending();

        assertThat(settle(taken(first, 1), taken(second, 2)))
                .containsExactlyInAnyOrder(first.attempt(), second.attempt());

        Stream.of(first, second)
                .forEach(row -> assertThat(stores().outbox().find(id(row))).isEmpty());
        assertThat(stores().history().find(id(first)))
                .contains(new MessageRow(
                        first.stored(), MessageStatus.ACCEPTED, first.tries().charge(), null, LONG_AGO.plusSeconds(1)));
        assertThat(attempt(second))
                .isEqualTo(Attempt.begun(second.attempt(), LONG_AGO).observe(answer(2)));
        assertThat(stores().attempts().observations(second.attempt())).containsExactly(answer(2));
        assertThat(stores().attempts()
                        .owners(List.of(answer(1).sid(), answer(2).sid()))
                        .values())
                .containsExactlyInAnyOrder(first.attempt(), second.attempt());
    }

    @Test
    void the_counts_follow() {
        QueueRow row = sending();
        enqueue();

        settle(taken(row, 1));

        assertThat(stores().outbox().counts()).isEqualTo(new QueueCounts(0, 1, 0, 0));
        assertThat(stores().history().counts()).isEqualTo(Map.of(MessageStatus.ACCEPTED, 1L));
    }

    @Test
    void tags_find_only_what_waits() {
        QueueRow row = begin(NODE, enqueue(message -> message.tag("order", "42")));

        settle(taken(row, 1));

        assertThat(stores().outbox().tagged(TenantId.DEFAULT, "order", "42")).isEmpty();
    }

    @Test
    void the_provider_is_asked_about_it_after_the_wait_or_never() {
        QueueRow asked = sending();
        QueueRow left = sending();

        settle(taken(asked, 1), new Taken(left.attempt(), answer(2), MessageStatus.ACCEPTED, null));

        assertThat(stores().attempts().duePolls(10)).isEmpty();
        advance(MINUTE.plusSeconds(1));
        assertThat(stores().attempts().duePolls(10))
                .singleElement()
                .satisfies(poll -> assertThat(poll.attempt()).isEqualTo(asked.attempt()))
                .satisfies(poll -> assertThat(poll.round()).isZero());
    }

    @Test
    void an_attempt_that_something_was_seen_of_is_left_to_others() {
        QueueRow seen = sending();
        QueueRow noted = sending();
        stores().attempts().observe(seen.attempt(), seen(AttemptStatus.SENT, null, 0, 1));
        stores().attempts().observe(noted.attempt(), Observation.note(Observation.Source.LOOK, "not listed", LONG_AGO));

        unchanged(seen, taken(seen, 1));
        unchanged(noted, taken(noted, 2));
    }

    @Test
    void a_message_that_waits_is_held_or_is_unknown_is_left_to_others() {
        QueueRow waiting = enqueue();
        QueueRow held = sending();
        stores().work().settle(new Settled.Hold(held.attempt()));
        QueueRow unknown = waiting();

        assertThat(settle(new Taken(new AttemptId(id(waiting), 1), answer(1), MessageStatus.ACCEPTED, null)))
                .isEmpty();
        assertThat(settle(new Taken(new AttemptId(id(unknown), 1), answer(2), MessageStatus.ACCEPTED, null)))
                .isEmpty();
        unchanged(held, taken(held, 3));
        assertThat(stores().history().find(id(unknown))).isEmpty();
        assertThat(stores().outbox().find(id(waiting))).contains(waiting);
    }

    @Test
    void a_message_with_a_second_attempt_is_left_to_others() {
        QueueRow first = sending();
        stores().work().settle(new Settled.TryAgain(first.attempt(), Duration.ZERO, first.tries(), null));
        begin(NODE, first);

        unchanged(first, taken(first, 1));
    }

    @Test
    void a_sid_that_belongs_to_another_attempt_is_left_to_others() {
        QueueRow owner = sending();
        QueueRow twin = sending();
        settle(taken(owner, 1));

        unchanged(twin, new Taken(twin.attempt(), answer(1), MessageStatus.ACCEPTED, null));
        assertThat(stores().attempts().owners(List.of(answer(1).sid()))).containsValue(owner.attempt());
    }

    @Test
    void one_that_is_left_out_keeps_no_other_from_being_settled() {
        QueueRow held = sending();
        stores().work().settle(new Settled.Hold(held.attempt()));
        QueueRow other = sending();

        assertThat(settle(taken(held, 1), taken(other, 2))).containsExactly(other.attempt());
        assertThat(settle(taken(held, 1), taken(other, 2))).isEmpty();
        assertThat(settle()).isEmpty();
    }

    @Test
    void an_exception_takes_it_all_back() {
        QueueRow row = sending();
        Function<QueueRow, List<Object>> everything = one -> List.of(
                stores().outbox().find(id(one)),
                stores().history().find(id(one)),
                stores().attempts().attempts(id(one)),
                stores().attempts().observations(one.attempt()),
                stores().attempts().owners(List.of(answer(1).sid())),
                stores().history().counts());
        List<Object> before = everything.apply(row);

        assertThatThrownBy(() -> stores().transactions().execute(() -> {
                    assertThat(settle(taken(row, 1))).hasSize(1);
                    throw new IllegalStateException("the host changed its mind");
                }))
                .hasMessage("the host changed its mind");

        assertThat(everything.apply(row)).isEqualTo(before);
    }

    private void unchanged(QueueRow row, Taken taken) {
        QueueRow waits = stores().outbox().find(id(row)).orElseThrow();
        List<Attempt> attempts = stores().attempts().attempts(id(row));
        List<Observation> observations = stores().attempts().observations(row.attempt());

        assertThat(settle(taken)).isEmpty();

        assertThat(stores().outbox().find(id(row))).contains(waits);
        assertThat(stores().history().find(id(row))).isEmpty();
        assertThat(stores().attempts().attempts(id(row))).isEqualTo(attempts);
        assertThat(stores().attempts().observations(row.attempt())).isEqualTo(observations);
    }
}
