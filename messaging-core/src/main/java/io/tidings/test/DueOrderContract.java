package io.tidings.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.message.AccountId;
import io.tidings.message.Category;
import io.tidings.message.MessageId;
import io.tidings.message.Sender;
import io.tidings.message.TenantId;
import io.tidings.outbox.QueueRow;
import io.tidings.outbox.SenderKey;
import io.tidings.outbox.Settled;
import io.tidings.outbox.Skip;
import io.tidings.outbox.WorkQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The order in which a {@link WorkQueue} hands messages out. */
abstract class DueOrderContract extends StoreContract {
    private static final TenantId A = new TenantId("a");
    private static final TenantId B = new TenantId("b");
    private static final TenantId C = new TenantId("c");
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    DueOrderContract(AllStoresContract author) {
        super(author);
    }

    private List<MessageId> due(int limit) {
        return stores().work().due(QUEUE, limit, Skip.NONE).stream()
                .map(StoreContract::id)
                .toList();
    }

    private MessageId of(TenantId tenant) {
        return id(enqueue(message -> message.tenant(tenant)));
    }

    @Test
    void upper_lanes_come_first() {
        List<MessageId> enqueued = new ArrayList<>();
        List<Category> lowestFirst = new ArrayList<>(List.of(Category.values()));
        Collections.reverse(lowestFirst);
        lowestFirst.forEach(category -> enqueued.add(id(enqueue(message -> message.category(category)))));
        Collections.reverse(enqueued);

        assertThat(due(10)).isEqualTo(enqueued);
        assertThat(due(2)).isEqualTo(enqueued.subList(0, 2));
    }

    @Test
    void within_a_lane_and_tenant_the_oldest_comes_first() {
        List<QueueRow> rows = new ArrayList<>(List.of(waiting(), waiting(), waiting(), waiting()));
        List<MessageId> oldestFirst = rows.stream().map(StoreContract::id).toList();
        Collections.reverse(rows);
        rows.forEach(row -> stores().outbox().enqueue(List.of(incoming(row))));

        assertThat(due(10)).isEqualTo(oldestFirst);
    }

    @Test
    void looking_does_not_take() {
        MessageId only = id(enqueue());

        assertThat(due(10)).containsExactly(only);
        assertThat(due(10)).containsExactly(only);
    }

    @Test
    void never_more_than_asked_for() {
        List<Category> lanes = List.of(Category.values());
        for (int i = 0; i < 30; i++) {
            Category category = lanes.get(i % 5);
            TenantId tenant = List.of(A, B, C).get(i % 3);
            enqueue(message -> message.category(category).tenant(tenant));
        }
        for (int limit = 1; limit <= 30; limit++) {
            assertThat(due(limit)).hasSize(limit).doesNotHaveDuplicates();
        }
        assertThat(due(31)).hasSize(30);
        assertThat(due(500)).hasSize(30);
    }

    @Test
    void only_the_messages_of_the_sender() {
        enqueue(message -> message.from(new Sender.Alphanumeric("Tidings")));
        MessageId mine = id(enqueue());

        assertThat(due(10)).containsExactly(mine);
        assertThat(stores().work().due(new SenderKey(new AccountId("other"), SENDER, 0), 10, Skip.NONE))
                .isEmpty();
    }

    @Test
    void tenants_take_turns() {
        List<MessageId> big = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            big.add(of(A));
        }
        List<MessageId> small = List.of(of(B), of(B));

        List<MessageId> due = due(6);

        assertThat(due).hasSize(6).containsAll(small).containsAll(big.subList(0, 4));
        assertThat(due.subList(0, 2)).containsExactlyInAnyOrder(big.get(0), small.get(0));
        assertThat(due.subList(2, 4)).containsExactlyInAnyOrder(big.get(1), small.get(1));
    }

    @Test
    void a_limit_of_one_is_fair_too_even_beside_a_tenant_that_has_nothing_due() {
        QueueRow later = enqueue(message -> message.tenant(A));
        stores().work().settle(new Settled.Delay(id(later), Duration.ofDays(1)));
        List<MessageId> ofB = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            ofB.add(of(B));
        }
        for (int i = 0; i < 20; i++) {
            of(C);
        }
        int servedB = 0;
        for (int i = 0; i < 12; i++) {
            QueueRow next = stores().work().due(QUEUE, 1, Skip.NONE).get(0);
            servedB += ofB.contains(id(next)) ? 1 : 0;
            stores().outbox().withdraw(id(next));
        }

        assertThat(servedB).isEqualTo(6);
    }

    @Test
    void nothing_comes_before_its_time() {
        QueueRow row = enqueue();
        stores().work().settle(new Settled.Delay(id(row), TEN_MINUTES));
        MessageId now = id(enqueue());
        assertThat(due(10)).containsExactly(now);

        advance(TEN_MINUTES.minusMinutes(1));
        assertThat(due(10)).containsExactly(now);
        advance(Duration.ofMinutes(1));

        assertThat(due(10)).containsExactly(now, id(row));
    }

    @Test
    void of_messages_with_one_order_key_only_the_first_is_due() {
        QueueRow first = enqueue(message -> message.orderKey("talk"));
        QueueRow second = enqueue(message -> message.orderKey("talk"));
        QueueRow other = enqueue(message -> message.orderKey("another talk"));
        QueueRow ofAnotherTenant = enqueue(message -> message.orderKey("talk").tenant(A));
        QueueRow free = enqueue();

        assertThat(due(10)).containsExactlyInAnyOrder(id(first), id(other), id(ofAnotherTenant), id(free));
        stores().outbox().withdraw(id(first));
        assertThat(due(10)).containsExactlyInAnyOrder(id(second), id(other), id(ofAnotherTenant), id(free));
    }

    @Test
    void followers_wait_while_the_first_is_in_the_air_held_or_put_off() {
        QueueRow first = enqueue(message -> message.orderKey("talk"));
        QueueRow second = enqueue(message -> message.orderKey("talk"));

        QueueRow sending = begin(NODE, first);
        assertThat(due(10)).isEmpty();
        stores().work().settle(new Settled.Hold(sending.attempt()));
        assertThat(due(10)).isEmpty();
        stores().work().settle(new Settled.TryAgain(sending.attempt(), TEN_MINUTES, sending.tries(), LINE_BUSY));
        assertThat(due(10)).isEmpty();
        advance(TEN_MINUTES);
        assertThat(due(10)).containsExactly(id(first));
        stores().work().settle(new Settled.Leave(begin(NODE, first).attempt()));

        assertThat(due(10)).containsExactly(id(second));
    }

    @Test
    void a_follower_cannot_overtake_in_a_higher_lane() {
        QueueRow first = enqueue(message -> message.orderKey("talk").category(Category.MARKETING));
        enqueue(message -> message.orderKey("talk").category(Category.OTP));

        assertThat(due(10)).containsExactly(id(first));
    }

    @Test
    void the_next_time_is_that_of_the_first_message_that_is_not_due_yet() {
        Set<SenderKey> mine = Set.of(QUEUE);
        assertThat(stores().work().nextDue(mine)).isEmpty();
        enqueue();
        assertThat(stores().work().nextDue(mine)).isEmpty();
        delayed(Duration.ofMinutes(30));
        delayed(TEN_MINUTES);
        QueueRow elsewhere = enqueue(message -> message.from(new Sender.Alphanumeric("Tidings")));
        stores().work().settle(new Settled.Delay(id(elsewhere), Duration.ofMinutes(1)));

        assertThat(stores().work().nextDue(mine))
                .hasValueSatisfying(wait -> assertThat(wait).isBetween(TEN_MINUTES.minusMinutes(1), TEN_MINUTES));
        assertThat(stores().work().nextDue(Set.of())).isEmpty();
        advance(TEN_MINUTES);
        assertThat(stores().work().nextDue(mine))
                .hasValueSatisfying(wait -> assertThat(wait).isBetween(Duration.ofMinutes(19), Duration.ofMinutes(20)));
        advance(Duration.ofMinutes(20));
        assertThat(stores().work().nextDue(mine)).isEmpty();
    }

    private void delayed(Duration wait) {
        stores().work().settle(new Settled.Delay(id(enqueue()), wait));
    }

    @Test
    void messages_to_skip_are_left_out_and_make_room_for_others() {
        QueueRow hers = enqueue(message -> message.tenant(new TenantId("her")));
        QueueRow his = enqueue(message -> message.tenant(new TenantId("his")).category(Category.MARKETING));

        assertThat(stores().work().due(QUEUE, 1, Skip.NONE.and(new TenantId("her"))))
                .extracting(StoreContract::id)
                .containsExactly(id(his));
        assertThat(stores().work().due(QUEUE, 10, Skip.NONE.and(Category.MARKETING)))
                .extracting(StoreContract::id)
                .containsExactly(id(hers));
    }
}
