package io.tidings.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.message.AccountId;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.outbox.QueueRow;
import io.tidings.outbox.Stamp;
import io.tidings.outbox.StampStore;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link StampStore} does, and how the messages are found that a restored store has forgotten. */
abstract class StampStoreContract extends StoreContract {
    private static final Stamp PRODUCTION = Stamp.first("production");
    private static final Stamp STAGING = Stamp.first("staging");

    StampStoreContract(AllStoresContract author) {
        super(author);
    }

    private StampStore stamp() {
        return stores().stamp();
    }

    @Test
    void the_first_stamp_stays() {
        assertThat(stamp().claim(PRODUCTION)).isEqualTo(PRODUCTION);

        assertThat(stamp().claim(STAGING)).isEqualTo(PRODUCTION);
    }

    @Test
    void a_stamp_is_replaced_by_who_has_seen_it() {
        stamp().claim(PRODUCTION);
        Stamp next = PRODUCTION.to("staging");
        assertThat(stamp().replace(STAGING, next)).isFalse();
        assertThat(stamp().replace(PRODUCTION, next)).isTrue();
        assertThat(stamp().replace(PRODUCTION, PRODUCTION.to("other"))).isFalse();

        assertThat(stamp().claim(PRODUCTION)).isEqualTo(new Stamp("staging", 1));
    }

    @Test
    void nothing_is_replaced_where_there_is_no_stamp() {
        assertThat(stamp().replace(PRODUCTION, PRODUCTION.to("staging"))).isFalse();

        assertThat(stamp().claim(STAGING)).isEqualTo(STAGING);
    }

    @Test
    void of_many_nodes_at_once_one_stamps() throws Exception {
        List<Callable<Stamp>> nodes = IntStream.range(0, 8)
                .mapToObj(i -> (Callable<Stamp>) () -> stamp().claim(Stamp.first("node-" + i)))
                .toList();

        assertThat(Together.call(nodes).stream().distinct()).hasSize(1);
    }

    @Test
    void what_is_rolled_back_stamped_nothing() {
        assertThatThrownBy(() -> stores().transactions().execute(() -> {
                    stamp().claim(PRODUCTION);
                    throw new IllegalStateException("the caller's own trouble");
                }))
                .hasMessage("the caller's own trouble");

        assertThat(stamp().claim(STAGING)).isEqualTo(STAGING);
    }

    @Test
    void messages_that_wait_for_a_number_are_found_oldest_first() {
        PhoneNumber to = number(4_711);
        QueueRow first = enqueue(message -> text(to));
        QueueRow later = enqueue(message -> text(to).at(FAR_FUTURE));
        begin(NODE, enqueue(message -> text(to)));
        enqueue();

        assertThat(stores().outbox().waitingFor(AccountId.DEFAULT, to))
                .extracting(StoreContract::id)
                .containsExactly(id(first), id(later));
        assertThat(stores().outbox().waitingFor(new AccountId("other"), to)).isEmpty();
    }

    private static OutboundMessage.Builder text(PhoneNumber to) {
        return OutboundMessage.to(to).from(SENDER).text("Your table is ready.");
    }

    @Test
    void a_message_that_was_forgotten_goes_back_as_held_with_one_more_attempt() {
        QueueRow row = enqueue();
        stores().outbox().withdraw(id(row));
        QueueRow held = new QueueRow(
                row.stored(),
                QueueRow.State.UNCERTAIN,
                row.notBefore(),
                row.tries().begin(),
                null);

        stores().outbox().reopen(held);

        assertThat(stores().outbox().find(id(row))).contains(held);
        assertThat(stores().work()
                        .unresolved(AccountId.DEFAULT, row.stored().message().to()))
                .containsExactly(held);
        assertThat(stores().work().recover(10)).isEmpty();
    }
}
