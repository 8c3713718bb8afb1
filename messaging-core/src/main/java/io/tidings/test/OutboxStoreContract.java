package io.tidings.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.history.StoredMessage;
import io.tidings.history.TryCount;
import io.tidings.message.AccountId;
import io.tidings.message.Category;
import io.tidings.message.Content;
import io.tidings.message.MessageBody;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.message.OutboundMessage;
import io.tidings.message.TenantId;
import io.tidings.outbox.Enqueued;
import io.tidings.outbox.Incoming;
import io.tidings.outbox.OutboxStore;
import io.tidings.outbox.OwnedSender;
import io.tidings.outbox.QueueCounts;
import io.tidings.outbox.QueueRow;
import io.tidings.outbox.Settled;
import io.tidings.template.TemplateRef;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link OutboxStore} does. */
abstract class OutboxStoreContract extends StoreContract {
    private static final TenantId OTHER_TENANT = new TenantId("other");
    private static final int THREADS = 16;

    OutboxStoreContract(AllStoresContract author) {
        super(author);
    }

    private OutboxStore outbox() {
        return stores().outbox();
    }

    @Test
    void a_message_is_kept_with_everything_it_came_with() {
        QueueRow text = waiting(message -> message.tenant(OTHER_TENANT)
                .category(Category.OTP)
                .key("order 42")
                .tag("order", "42")
                .tag("shop", "north side")
                .at(LONG_AGO)
                .expiresAfter(Duration.ofHours(2))
                .smartEncoding()
                .orderKey("talk")
                .allowRepeat());
        QueueRow media = waiting(message -> message.content(
                new Content.Media(new MessageBody("Look 👀"), List.of(URI.create("https://example.org/a.jpg")))));

        outbox().enqueue(List.of(incoming(text), incoming(media)));

        assertThat(outbox().find(id(text))).contains(text);
        assertThat(outbox().find(id(media))).contains(media);
        assertThat(stores().decisions().decisions(id(text))).containsExactly(passed("expiry"));
        assertThat(stores().history().find(id(text))).isEmpty();
    }

    @Test
    void an_unknown_message_is_not_found() {
        QueueRow never = waiting();

        assertThat(outbox().find(id(never))).isEmpty();
        assertThat(outbox().withdraw(id(never))).isEmpty();
        assertThat(outbox().withKey(TenantId.DEFAULT, "nobody's")).isEmpty();
        assertThat(outbox().tagged(TenantId.DEFAULT, "order", "42")).isEmpty();
        assertThat(outbox().counts()).isEqualTo(new QueueCounts(0, 0, 0, 0));
        assertThat(outbox().enqueue(List.of())).isEmpty();
    }

    @Test
    void answers_come_in_the_order_of_the_messages() {
        QueueRow first = waiting(message -> message.key("a"));
        QueueRow second = waiting();
        QueueRow third = waiting(message -> message.key("a"));
        QueueRow fourth = waiting(message -> message.key("b"));

        assertThat(outbox().enqueue(List.of(incoming(first), incoming(second), incoming(third), incoming(fourth))))
                .containsExactly(
                        new Enqueued.Stored(id(first)),
                        new Enqueued.Stored(id(second)),
                        new Enqueued.Existing(id(first), "fingerprint"),
                        new Enqueued.Stored(id(fourth)));
        assertThat(outbox().find(id(third))).isEmpty();
        assertThat(stores().decisions().decisions(id(third))).isEmpty();
    }

    @Test
    void a_key_that_comes_again_names_the_first_message_and_its_fingerprint_and_stores_nothing() {
        QueueRow first = waiting(message -> message.key("order 42"));
        QueueRow again = waiting(message -> message.key("order 42"));
        outbox().enqueue(List.of(new Incoming(first, null, List.of(), "first")));

        List<Enqueued> answer =
                outbox().enqueue(List.of(new Incoming(again, null, List.of(passed("expiry")), "second")));

        assertThat(answer).containsExactly(new Enqueued.Existing(id(first), "first"));
        assertThat(outbox().find(id(again))).isEmpty();
        assertThat(stores().decisions().decisions(id(again))).isEmpty();
        assertThat(outbox().withKey(TenantId.DEFAULT, "order 42")).contains(id(first));
        assertThat(outbox().counts().total()).isEqualTo(1);
    }

    @Test
    void a_refused_message_does_not_replace_the_one_that_owns_its_key() {
        QueueRow first = waiting(message -> message.key("order 42"));
        QueueRow again = waiting(message -> message.key("order 42"));
        outbox().enqueue(List.of(incoming(first)));

        List<Enqueued> answer = outbox().enqueue(List.of(refused(again)));

        assertThat(answer).containsExactly(new Enqueued.Existing(id(first), "fingerprint"));
        assertThat(stores().history().find(id(again))).isEmpty();
        assertThat(outbox().find(id(first))).contains(first);
    }

    @Test
    void a_key_belongs_to_its_tenant() {
        QueueRow mine = waiting(message -> message.key("order 42"));
        QueueRow theirs = waiting(message -> message.key("order 42").tenant(OTHER_TENANT));

        outbox().enqueue(List.of(incoming(mine), incoming(theirs)));

        assertThat(outbox().withKey(TenantId.DEFAULT, "order 42")).contains(id(mine));
        assertThat(outbox().withKey(OTHER_TENANT, "order 42")).contains(id(theirs));
    }

    @Test
    void a_key_is_known_after_its_message_has_left_the_queue() {
        QueueRow row = enqueue(message -> message.key("order 42"));
        outbox().withdraw(id(row));

        QueueRow again = waiting(message -> message.key("order 42"));

        assertThat(outbox().enqueue(List.of(incoming(again))))
                .containsExactly(new Enqueued.Existing(id(row), "fingerprint"));
    }

    @Test
    void a_refused_message_goes_to_the_history_with_its_decisions_and_owns_its_key() {
        QueueRow row = waiting(message -> message.key("order 42"));

        assertThat(outbox().enqueue(List.of(refused(row)))).containsExactly(new Enqueued.Stored(id(row)));

        assertThat(outbox().find(id(row))).isEmpty();
        assertThat(stores().history().find(id(row))).contains(ended(row, MessageStatus.REFUSED));
        assertThat(stores().decisions().decisions(id(row))).containsExactly(passed("backlog"));
        assertThat(outbox().withKey(TenantId.DEFAULT, "order 42")).contains(id(row));
    }

    private static Incoming refused(QueueRow row) {
        return new Incoming(null, ended(row, MessageStatus.REFUSED), List.of(passed("backlog")), "fingerprint");
    }

    @Test
    void a_key_of_a_transaction_that_was_rolled_back_is_free_again() {
        QueueRow undone = waiting(message -> message.key("order 42"));
        assertThatThrownBy(() -> stores().transactions().execute(() -> {
                    outbox().enqueue(List.of(incoming(undone)));
                    throw new IllegalStateException("the host changed its mind");
                }))
                .hasMessage("the host changed its mind");

        QueueRow next = waiting(message -> message.key("order 42"));

        assertThat(outbox().enqueue(List.of(incoming(next)))).containsExactly(new Enqueued.Stored(id(next)));
    }

    @Test
    void of_sixteen_threads_with_one_key_exactly_one_stores() throws Exception {
        for (int round = 0; round < 50; round++) {
            String key = "round " + round;
            List<QueueRow> rows = IntStream.range(0, THREADS)
                    .mapToObj(i -> waiting(message -> message.key(key)))
                    .toList();
            List<Callable<Enqueued>> all = rows.stream()
                    .map(row -> (Callable<Enqueued>)
                            () -> outbox().enqueue(List.of(fingerprinted(row))).get(0))
                    .toList();

            List<Enqueued> answers = Together.call(all);

            List<MessageId> stored = answers.stream()
                    .filter(Enqueued.Stored.class::isInstance)
                    .map(answer -> ((Enqueued.Stored) answer).id())
                    .toList();
            assertThat(stored).hasSize(1);
            MessageId winner = stored.get(0);
            assertThat(answers)
                    .filteredOn(Enqueued.Existing.class::isInstance)
                    .hasSize(THREADS - 1)
                    .allSatisfy(answer -> assertThat(answer).isEqualTo(new Enqueued.Existing(winner, "of " + winner)));
            assertThat(rows)
                    .filteredOn(row -> outbox().find(id(row)).isPresent())
                    .hasSize(1);
        }
    }

    private static Incoming fingerprinted(QueueRow row) {
        return new Incoming(row, null, List.of(), "of " + id(row));
    }

    @Test
    void a_waiting_message_is_withdrawn_once() {
        QueueRow row = enqueue();

        assertThat(outbox().withdraw(id(row))).contains(row);
        assertThat(outbox().withdraw(id(row))).isEmpty();
        assertThat(outbox().find(id(row))).isEmpty();
    }

    @Test
    void a_message_that_is_in_the_air_or_held_is_not_withdrawn() {
        QueueRow row = begin(NODE, enqueue());
        assertThat(outbox().withdraw(id(row))).isEmpty();

        stores().work().settle(new Settled.Hold(row.attempt()));

        assertThat(outbox().withdraw(id(row))).isEmpty();
        assertThat(outbox().find(id(row))).isPresent();
    }

    @Test
    void a_message_between_two_attempts_can_be_withdrawn() {
        QueueRow row = begin(NODE, enqueue());
        stores().work().settle(new Settled.TryAgain(row.attempt(), Duration.ofHours(1), row.tries(), LINE_BUSY));

        assertThat(outbox().withdraw(id(row))).hasValueSatisfying(taken -> {
            assertThat(taken.tries()).isEqualTo(row.tries());
            assertThat(taken.lastFailure()).isEqualTo(LINE_BUSY);
        });
    }

    @Test
    void a_message_that_had_left_can_be_put_back() {
        QueueRow row = enqueue();
        outbox().withdraw(id(row));
        QueueRow back = new QueueRow(row.stored(), QueueRow.State.QUEUED, LONG_AGO, new TryCount(3, 0), LINE_BUSY);

        outbox().reopen(back);

        assertThat(outbox().find(id(row))).contains(back);
        assertThat(outbox().counts()).isEqualTo(new QueueCounts(0, 1, 0, 0));
    }

    @Test
    void waiting_messages_are_found_by_tenant_and_tag_oldest_first() {
        QueueRow first = enqueue(message -> message.tag("order", "42").tag("shop", "north"));
        enqueue(message -> message.tag("order", "43"));
        enqueue(message -> message.tag("invoice", "42"));
        enqueue(message -> message.tag("order", "42").tenant(OTHER_TENANT));
        QueueRow second = enqueue(message -> message.tag("order", "42"));
        QueueRow gone = enqueue(message -> message.tag("order", "42"));
        outbox().withdraw(id(gone));

        assertThat(outbox().tagged(TenantId.DEFAULT, "order", "42")).containsExactly(first, second);
    }

    @Test
    void messages_are_counted_by_state() {
        QueueRow later = waiting();
        QueueRow scheduled = new QueueRow(later.stored(), later.state(), FAR_FUTURE, later.tries(), null);
        QueueRow again = waiting();
        QueueRow second = new QueueRow(again.stored(), again.state(), FAR_FUTURE, new TryCount(1, 1), LINE_BUSY);
        outbox().enqueue(List.of(incoming(scheduled), incoming(second), incoming(waiting())));
        begin(NODE, enqueue());
        QueueRow held = begin(NODE, enqueue());
        stores().work().settle(new Settled.Hold(held.attempt()));

        assertThat(outbox().counts()).isEqualTo(new QueueCounts(1, 2, 1, 1));
        assertThat(outbox().counts().total()).isEqualTo(5);
    }

    @Test
    void lag_is_how_long_the_first_waiting_message_has_been_due() {
        QueueRow later = waiting();
        Instant far = Instant.parse("2100-01-01T00:00:00Z");
        outbox().enqueue(List.of(
                incoming(new QueueRow(later.stored(), QueueRow.State.QUEUED, far, TryCount.NONE, null))));
        assertThat(outbox().lag()).isZero();

        QueueRow row = enqueue();
        Duration before = outbox().lag();
        advance(Duration.ofHours(1));

        assertThat(before).isPositive();
        assertThat(outbox().lag()).isGreaterThanOrEqualTo(before.plusHours(1));
        outbox().withdraw(id(row));
        assertThat(outbox().lag()).isZero();
    }

    @Test
    void a_resent_message_keeps_the_name_of_the_one_it_repeats() {
        QueueRow first = waiting();
        StoredMessage old = waiting().stored();
        OutboundMessage message = old.message();
        StoredMessage again = new StoredMessage(
                old.id(),
                message,
                AccountId.DEFAULT,
                3,
                LONG_AGO,
                FAR_FUTURE,
                new TemplateRef("parcel", 2, Locale.ENGLISH),
                id(first));
        QueueRow row = new QueueRow(again, QueueRow.State.QUEUED, LONG_AGO, TryCount.NONE, null);

        outbox().enqueue(List.of(incoming(row)));

        assertThat(outbox().find(again.id())).contains(row);
        assertThat(stores().work().own(NODE, LEASE).senders()).isEqualTo(Set.of(new OwnedSender(QUEUE, null)));
    }
}
