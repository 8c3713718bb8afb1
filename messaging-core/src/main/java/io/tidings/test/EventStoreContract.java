package io.tidings.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.event.EventCounts;
import io.tidings.event.EventKind;
import io.tidings.event.EventRow;
import io.tidings.event.EventStore;
import io.tidings.event.Happening;
import io.tidings.outbox.Enqueued;
import io.tidings.outbox.Incoming;
import io.tidings.outbox.QueueRow;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link EventStore} does. */
abstract class EventStoreContract extends StoreContract {
    private static final Set<EventKind> ALL = EnumSet.allOf(EventKind.class);

    EventStoreContract(AllStoresContract author) {
        super(author);
    }

    private EventStore events() {
        return stores().records().events();
    }

    private static Happening happening(EventKind kind, String subject) {
        return new Happening(
                kind, LONG_AGO, subject, Map.of("status", "FAILED", "why", "\u00e9\u20ac\ud83d\ude00 'x'"));
    }

    private static Happening sent(String subject) {
        return happening(EventKind.MESSAGE_SENT, subject);
    }

    private List<Happening> claim(Set<EventKind> kinds, int limit) {
        return events().claim(kinds, limit, LEASE).stream().map(EventRow::what).toList();
    }

    private EventRow claimOne() {
        return events().claim(ALL, 1, LEASE).get(0);
    }

    @Test
    void what_was_appended_is_claimed_as_it_was_and_in_its_order() {
        List<Happening> all = IntStream.range(0, 5).mapToObj(i -> sent("m" + i)).toList();
        events().append(all);

        List<EventRow> claimed = events().claim(ALL, 10, LEASE);

        assertThat(claimed).extracting(EventRow::what).containsExactlyElementsOf(all);
        assertThat(claimed).extracting(EventRow::number).isSorted().doesNotHaveDuplicates();
        assertThat(claimed).extracting(EventRow::tries).containsOnly(1);
        assertThat(events().counts()).isEqualTo(new EventCounts(5, 0));
    }

    @Test
    void a_claimed_event_is_left_alone_until_its_lease_ends() {
        events().append(List.of(sent("m")));
        EventRow first = claimOne();
        assertThat(claim(ALL, 10)).isEmpty();

        advance(LEASE.plusSeconds(1));

        EventRow second = claimOne();
        assertThat(second.tries()).isEqualTo(2);
        assertThat(events().finish(first)).isFalse();
        assertThat(events().postpone(first, Duration.ZERO)).isFalse();
        assertThat(events().setAside(first)).isFalse();
        assertThat(events().finish(second)).isTrue();
        assertThat(events().finish(second)).isFalse();
        assertThat(events().counts()).isEqualTo(new EventCounts(0, 0));
    }

    @Test
    void only_the_kinds_that_are_asked_for_are_claimed() {
        events().append(List.of(sent("a"), happening(EventKind.OPTED_OUT, "b")));

        assertThat(claim(Set.of(EventKind.MESSAGE_FAILED), 10)).isEmpty();
        assertThat(claim(Set.of(EventKind.OPTED_OUT), 10))
                .extracting(Happening::subject)
                .containsExactly("b");
        assertThat(claim(Set.of(), 10)).isEmpty();
        assertThat(claim(ALL, 10)).extracting(Happening::subject).containsExactly("a");
    }

    @Test
    void events_about_one_subject_come_one_after_the_other() {
        events().append(List.of(sent("a"), sent("b"), happening(EventKind.MESSAGE_DELIVERED, "a")));

        List<EventRow> first = events().claim(ALL, 10, LEASE);
        assertThat(first).extracting(row -> row.what().subject()).containsExactly("a", "b");
        events().finish(first.get(1));
        assertThat(claim(ALL, 10)).isEmpty();
        events().postpone(first.get(0), Duration.ofMinutes(5));
        assertThat(claim(ALL, 10)).isEmpty();
        advance(Duration.ofMinutes(5));
        events().finish(claimOne());

        assertThat(claim(ALL, 10)).extracting(Happening::kind).containsExactly(EventKind.MESSAGE_DELIVERED);
    }

    @Test
    void a_kind_that_nobody_asks_for_holds_nobody_back() {
        events().append(List.of(sent("a"), happening(EventKind.MESSAGE_FAILED, "a")));

        assertThat(claim(Set.of(EventKind.MESSAGE_FAILED), 10)).hasSize(1);
    }

    @Test
    void a_postponed_event_comes_again_when_its_wait_is_over() {
        events().append(List.of(sent("m")));
        assertThat(events().postpone(claimOne(), Duration.ofMinutes(10))).isTrue();

        advance(Duration.ofMinutes(9));
        assertThat(claim(ALL, 10)).isEmpty();
        advance(Duration.ofMinutes(1));

        assertThat(claimOne().tries()).isEqualTo(2);
    }

    @Test
    void what_is_set_aside_waits_for_an_operator_and_holds_nobody_back() {
        events().append(List.of(sent("m"), sent("m")));
        assertThat(events().setAside(claimOne())).isTrue();
        assertThat(events().counts()).isEqualTo(new EventCounts(1, 1));
        events().finish(claimOne());
        advance(Duration.ofDays(1));
        assertThat(claim(ALL, 10)).isEmpty();

        assertThat(events().retryAll()).isOne();

        assertThat(claimOne().tries()).isOne();
        assertThat(events().counts()).isEqualTo(new EventCounts(1, 0));
    }

    @Test
    void events_about_forgotten_subjects_are_gone() {
        events().append(List.of(
                sent("default/+12025550100"), sent("default/+12025550101"), sent("default/+12025550100")));
        events().setAside(claimOne());

        assertThat(events().forget(Set.of("default/+12025550100", "nobody"))).isEqualTo(2);

        assertThat(events().counts()).isEqualTo(new EventCounts(1, 0));
        assertThat(claim(ALL, 10)).extracting(Happening::subject).containsExactly("default/+12025550101");
    }

    @Test
    void nothing_of_it_stays_if_the_transaction_fails() {
        events().append(List.of(sent("claimed"), sent("waiting")));
        EventRow claimed = claimOne();

        assertThatThrownBy(() -> stores().transactions().execute(() -> {
                    events().append(List.of(sent("new")));
                    events().finish(claimed);
                    events().setAside(claimOne());
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");

        assertThat(events().counts()).isEqualTo(new EventCounts(2, 0));
        assertThat(claim(ALL, 10)).extracting(Happening::subject).containsExactly("waiting");
        assertThat(events().finish(claimed)).isTrue();
    }

    @Test
    void the_event_of_a_message_is_stored_if_and_only_if_the_message_is() {
        QueueRow first = waiting(message -> message.key("once"));
        QueueRow again = waiting(message -> message.key("once"));
        QueueRow silent = waiting();

        assertThat(stores().outbox().enqueue(List.of(told(first), told(again), incoming(silent))))
                .element(1)
                .isInstanceOf(Enqueued.Existing.class);

        assertThat(events().claim(ALL, 10, LEASE))
                .extracting(EventRow::what)
                .containsExactly(new Happening(
                        EventKind.MESSAGE_QUEUED, LONG_AGO, id(first).toString(), Map.of("note", "it's \u20ac")));
    }

    private static Incoming told(QueueRow row) {
        return incoming(row)
                .announcedBy(new Happening(
                        EventKind.MESSAGE_QUEUED, LONG_AGO, id(row).toString(), Map.of("note", "it's \u20ac")));
    }

    @Test
    void of_many_nodes_at_once_one_gets_an_event() throws Exception {
        events().append(IntStream.range(0, 40).mapToObj(i -> sent("m" + i)).toList());
        List<Callable<List<EventRow>>> nodes = IntStream.range(0, 8)
                .mapToObj(i -> (Callable<List<EventRow>>) () -> events().claim(ALL, 40, LEASE))
                .toList();

        List<EventRow> claimed =
                Together.call(nodes).stream().flatMap(List::stream).toList();

        assertThat(claimed).extracting(EventRow::number).doesNotHaveDuplicates();
        assertThat(claimed.size() + claim(ALL, 40).size()).isEqualTo(40);
    }
}
