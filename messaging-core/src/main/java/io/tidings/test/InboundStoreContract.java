package io.tidings.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.history.InboundMove;
import io.tidings.history.InboundRow;
import io.tidings.history.InboundState;
import io.tidings.history.InboundStore;
import io.tidings.message.AccountId;
import io.tidings.message.Channel;
import io.tidings.message.InboundMessage;
import io.tidings.message.MessageIds;
import io.tidings.message.Received;
import io.tidings.message.Sender;
import io.tidings.message.TenantId;
import io.tidings.outbox.ConversationStore.Cursor;
import io.tidings.outbox.ConversationStore.Entry;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link InboundStore} and every {@link io.tidings.outbox.ConversationStore} does. */
abstract class InboundStoreContract extends StoreContract {
    private static final Map<String, String> RAW = Map.of("Body", "hello", "New", "unknown");

    private final MessageIds ids = new MessageIds(InstantSource.fixed(LONG_AGO), new Random(5));

    InboundStoreContract(AllStoresContract author) {
        super(author);
    }

    private InboundStore inbound() {
        return stores().inbound();
    }

    private InboundMessage message(int which, int person, int second) {
        return new InboundMessage(
                ids.next(),
                TenantId.DEFAULT,
                AccountId.DEFAULT,
                new Received(
                        "SM%032x".formatted(which),
                        Channel.MMS,
                        number(person),
                        SENDER,
                        new Sender.MessagingService("MG" + "a".repeat(32)),
                        "hello " + which,
                        List.of(new Received.Media(URI.create("https://api.example.com/ME1"), "image/png")),
                        Map.of("ProfileName", "Ann"),
                        2,
                        LONG_AGO.plusSeconds(second)));
    }

    private InboundMessage appended(int which, int person, int second) {
        InboundMessage message = message(which, person, second);
        assertThat(inbound().append(message, RAW)).isTrue();
        return message;
    }

    private List<InboundRow> claim(InboundState state) {
        return inbound().claim(state, 10, LEASE);
    }

    private InboundRow checked(InboundMessage message) {
        InboundRow row = claim(InboundState.RECEIVED).stream()
                .filter(each -> each.message().equals(message))
                .findFirst()
                .orElseThrow();
        assertThat(inbound().move(row, InboundMove.checked(Duration.ZERO))).isTrue();
        return inbound().find(message.id()).orElseThrow();
    }

    private static List<InboundMessage> messages(List<InboundRow> rows) {
        return rows.stream().map(InboundRow::message).toList();
    }

    @Test
    void a_message_is_kept_whole_and_once() {
        InboundMessage first = appended(1, 1, 1);
        InboundMessage again = message(1, 2, 9);

        assertThat(inbound().append(again, Map.of())).isFalse();

        assertThat(inbound().find(first.id())).contains(new InboundRow(first, InboundState.RECEIVED, 0, null));
        assertThat(inbound().raw(first.id())).isEqualTo(RAW);
        assertThat(inbound().find(again.id())).isEmpty();
        assertThat(inbound().raw(again.id())).isEmpty();
    }

    @Test
    void of_many_threads_with_the_same_message_one_is_first() throws Exception {
        List<Callable<Boolean>> threads = IntStream.range(0, 8)
                .mapToObj(thread -> {
                    InboundMessage copy = message(1, 1, 1);
                    return (Callable<Boolean>) () -> inbound().append(copy, RAW);
                })
                .toList();

        assertThat(Together.call(threads)).containsOnlyOnce(true);
        assertThat(inbound().inState(InboundState.RECEIVED, 10)).hasSize(1);
    }

    @Test
    void a_rolled_back_transaction_leaves_no_trace() {
        InboundMessage kept = appended(1, 1, 1);
        InboundMessage gone = message(2, 1, 2);

        assertThatThrownBy(() -> stores().transactions().execute(() -> {
                    inbound().append(gone, RAW);
                    inbound().move(claim(InboundState.RECEIVED).get(0), InboundMove.done("handled", true));
                    inbound().markComplete(AccountId.DEFAULT, LONG_AGO);
                    throw new IllegalStateException("undo");
                }))
                .hasMessage("undo");

        assertThat(inbound().find(gone.id())).isEmpty();
        assertThat(inbound().find(kept.id())).contains(new InboundRow(kept, InboundState.RECEIVED, 0, null));
        assertThat(inbound().completeUntil(AccountId.DEFAULT)).isEmpty();
        assertThat(inbound().replies(kept.conversation(), LEASE)).isZero();
        assertThat(inbound().append(gone, RAW)).isTrue();
    }

    @Test
    void the_oldest_come_first_and_one_of_each_conversation() {
        InboundMessage newer = appended(1, 1, 5);
        InboundMessage older = appended(2, 1, 3);
        InboundMessage other = appended(3, 2, 4);

        assertThat(messages(claim(InboundState.RECEIVED))).containsExactly(older, other);
        assertThat(claim(InboundState.RECEIVED)).as("the older one is held").isEmpty();
        assertThat(newer.conversation()).isEqualTo(older.conversation());
        assertThat(inbound().claim(InboundState.RECEIVED, 0, LEASE)).isEmpty();
    }

    @Test
    void a_claim_ends_with_its_lease_and_fences_who_lost_it() {
        appended(1, 1, 1);
        InboundRow lost = claim(InboundState.RECEIVED).get(0);
        advance(LEASE.plusSeconds(1));
        InboundRow won = claim(InboundState.RECEIVED).get(0);

        assertThat(won.claims()).isEqualTo(2);
        assertThat(inbound().move(lost, InboundMove.done("late", true))).isFalse();
        assertThat(inbound().move(won, InboundMove.checked(Duration.ZERO))).isTrue();
        assertThat(inbound().move(won, InboundMove.done("twice", true))).isFalse();
        assertThat(inbound().find(won.message().id()).orElseThrow().state()).isEqualTo(InboundState.CHECKED);
    }

    @Test
    void what_is_tried_later_waits_keeps_its_claims_and_holds_its_conversation_back() {
        InboundMessage first = appended(1, 1, 1);
        InboundMessage second = appended(2, 1, 2);
        checked(first);
        checked(second);
        InboundRow row = claim(InboundState.CHECKED).get(0);
        inbound().move(row, InboundMove.later(InboundState.CHECKED, Duration.ofMinutes(5), "failed"));

        assertThat(claim(InboundState.CHECKED)).isEmpty();
        advance(Duration.ofMinutes(5).plusSeconds(1));
        InboundRow again = claim(InboundState.CHECKED).get(0);
        assertThat(again).isEqualTo(new InboundRow(first, InboundState.CHECKED, 2, "failed"));
        inbound().move(again, InboundMove.quarantined("poison"));
        assertThat(messages(claim(InboundState.CHECKED))).containsExactly(second);
        assertThat(messages(inbound().inState(InboundState.QUARANTINED, 10))).containsExactly(first);
    }

    @Test
    void nothing_is_handled_before_what_is_older_was_heard_but_hearing_waits_for_no_handler() {
        InboundMessage first = appended(1, 1, 1);
        InboundMessage second = appended(2, 1, 2);
        checked(first);
        InboundRow held = claim(InboundState.CHECKED).get(0);

        assertThat(messages(claim(InboundState.RECEIVED))).containsExactly(second);
        inbound().move(held, InboundMove.done("handled", false));
        assertThat(claim(InboundState.CHECKED)).isEmpty();
    }

    @Test
    void one_message_can_be_claimed_by_name_due_or_not_but_not_while_held() {
        InboundMessage message = appended(1, 1, 1);
        assertThat(inbound().claim(message.id(), LEASE)).as("not heard yet").isEmpty();
        InboundRow row = claim(InboundState.RECEIVED).get(0);
        inbound().move(row, InboundMove.checked(Duration.ofHours(1)));

        assertThat(claim(InboundState.CHECKED)).isEmpty();
        assertThat(inbound().claim(message.id(), LEASE)).isPresent();
        assertThat(inbound().claim(message.id(), LEASE)).isEmpty();
    }

    @Test
    void replies_are_counted_by_conversation_within_a_time() {
        InboundMessage mine = appended(1, 1, 1);
        InboundMessage other = appended(2, 2, 1);
        claim(InboundState.RECEIVED).forEach(row -> inbound().move(row, InboundMove.done("answered", true)));
        InboundMessage silent = appended(3, 1, 2);
        claim(InboundState.RECEIVED).forEach(row -> inbound().move(row, InboundMove.done("handled", false)));

        assertThat(inbound().replies(mine.conversation(), LEASE)).isEqualTo(1);
        assertThat(inbound().replies(other.conversation(), LEASE)).isEqualTo(1);
        assertThat(silent.conversation()).isEqualTo(mine.conversation());
        advance(LEASE.plusSeconds(1));
        assertThat(inbound().replies(mine.conversation(), LEASE)).isZero();
    }

    @Test
    void the_mark_of_certainty_moves_only_forward() {
        assertThat(inbound().completeUntil(AccountId.DEFAULT)).isEmpty();
        inbound().markComplete(AccountId.DEFAULT, LONG_AGO.plusSeconds(5));
        inbound().markComplete(AccountId.DEFAULT, LONG_AGO);

        assertThat(inbound().completeUntil(AccountId.DEFAULT)).contains(LONG_AGO.plusSeconds(5));
        assertThat(inbound().completeUntil(new AccountId("other"))).isEmpty();
    }

    @Test
    void a_conversation_shows_both_directions_newest_first_in_pages() {
        appended(1, 1, 10);
        appended(2, 2, 11);
        stores().outbox().enqueue(List.of(incoming(waiting())));
        appended(3, 1, 20);

        List<Entry> all = stores().conversations().page(TenantId.DEFAULT, number(1), null, 10);
        assertThat(all)
                .extracting(entry -> entry.getClass().getSimpleName())
                .containsExactly("Inbound", "Inbound", "Outbound");
        assertThat(stores().conversations().page(new TenantId("other"), number(1), null, 10))
                .isEmpty();

        List<Entry> paged = new ArrayList<>();
        Cursor before = null;
        for (int page = 0; page < 3; page++) {
            List<Entry> one = stores().conversations().page(TenantId.DEFAULT, number(1), before, 1);
            assertThat(one).hasSize(1);
            before = one.get(0).cursor();
            paged.addAll(one);
        }
        assertThat(paged).isEqualTo(all);
        assertThat(stores().conversations().page(TenantId.DEFAULT, number(1), before, 1))
                .isEmpty();
    }
}
