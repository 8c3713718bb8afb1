package io.tidings.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.history.InboundMove;
import io.tidings.history.InboundRow;
import io.tidings.history.InboundState;
import io.tidings.history.MessageRow;
import io.tidings.history.Observation;
import io.tidings.history.RetentionStore;
import io.tidings.message.AccountId;
import io.tidings.message.AttemptId;
import io.tidings.message.AttemptStatus;
import io.tidings.message.Channel;
import io.tidings.message.InboundMessage;
import io.tidings.message.MessageId;
import io.tidings.message.MessageIds;
import io.tidings.message.MessageStatus;
import io.tidings.message.Received;
import io.tidings.message.TenantId;
import io.tidings.outbox.Enqueued;
import io.tidings.outbox.QueueRow;
import io.tidings.outbox.Settled;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every {@link RetentionStore} does. */
abstract class RetentionStoreContract extends StoreContract {
    private static final Duration DAY = Duration.ofDays(1);
    /** Older than anything. */
    private static final Duration EVER = Duration.ofDays(100_000);

    private static final String SID = "SM" + "c".repeat(32);

    private final MessageIds ids = new MessageIds(InstantSource.fixed(LONG_AGO), new Random(6));

    RetentionStoreContract(AllStoresContract author) {
        super(author);
    }

    private RetentionStore retention() {
        return stores().records().retention();
    }

    private MessageRow saved(QueueRow row, int second) {
        MessageRow ended =
                new MessageRow(row.stored(), MessageStatus.DELIVERED, row.tries(), null, LONG_AGO.plusSeconds(second));
        stores().history().save(ended);
        return ended;
    }

    /** A message with a key that was sent and left the queue; its attempt was seen and will be asked about. */
    private MessageRow delivered() {
        QueueRow sent = begin(NODE, enqueue(message -> message.key("once").tag("order", "42")));
        AttemptId attempt = sent.attempt();
        stores().attempts().observe(attempt, seen(AttemptStatus.DELIVERED, SID, 0, 1));
        stores().attempts().pollAfter(attempt, Duration.ZERO, 1);
        stores().doubts().lookAfter(attempt, Duration.ZERO, 1);
        stores().work().settle(new Settled.Leave(attempt));
        return saved(sent, 10);
    }

    @Test
    void messages_that_did_not_change_for_long_are_told_oldest_change_first() {
        MessageRow second = saved(waiting(), 20);
        MessageRow first = saved(waiting(), 10);
        enqueue();

        assertThat(retention().ended(DAY, 10)).containsExactly(first, second);
        assertThat(retention().ended(DAY, 1)).containsExactly(first);
        assertThat(retention().ended(EVER, 10)).isEmpty();
    }

    @Test
    void a_deleted_message_leaves_nothing_behind() {
        MessageRow row = delivered();
        MessageId id = row.stored().id();
        AttemptId attempt = new AttemptId(id, 1);
        assertThat(stores().attempts().duePolls(10)).isNotEmpty();
        assertThat(stores().decisions().decisions(id)).isNotEmpty();

        assertThat(retention().delete(List.of(id))).isEqualTo(1);

        assertThat(stores().history().find(id)).isEmpty();
        assertThat(stores().history().counts()).isEmpty();
        assertThat(stores().attempts().attempts(id)).isEmpty();
        assertThat(stores().attempts().observations(attempt)).isEmpty();
        assertThat(stores().attempts().owners(List.of(SID))).isEmpty();
        assertThat(stores().attempts().duePolls(10)).isEmpty();
        assertThat(stores().doubts().nextLook()).isEmpty();
        assertThat(stores().decisions().decisions(id)).isEmpty();
        assertThat(stores().outbox().withKey(TenantId.DEFAULT, "once")).isEmpty();
        assertThat(stores().outbox().tagged(TenantId.DEFAULT, "order", "42")).isEmpty();
        assertThat(retention().delete(List.of(id))).isZero();
    }

    @Test
    void the_key_of_a_deleted_message_is_free_again() {
        MessageRow row = delivered();
        retention().delete(List.of(row.stored().id()));

        QueueRow again = waiting(message -> message.key("once"));

        assertThat(stores().outbox().enqueue(List.of(incoming(again)))).containsExactly(new Enqueued.Stored(id(again)));
    }

    @Test
    void what_is_in_the_queue_or_unknown_is_left_alone() {
        QueueRow waiting = enqueue(message -> message.key("first"));
        QueueRow sending = begin(NODE, enqueue());

        assertThat(retention().delete(List.of(id(waiting), id(sending), ids.next())))
                .isZero();

        assertThat(stores().outbox().find(id(waiting))).contains(waiting);
        assertThat(stores().outbox().withKey(TenantId.DEFAULT, "first")).contains(id(waiting));
        assertThat(stores().attempts().attempts(id(sending))).hasSize(1);
        assertThat(stores().decisions().decisions(id(sending))).isNotEmpty();
    }

    @Test
    void callbacks_lose_what_is_raw_and_keep_what_was_merged_and_charged() {
        AttemptId attempt = begunAttempt();
        Observation callback = new Observation(
                AttemptStatus.SENT,
                SID,
                0,
                null,
                Observation.Source.CALLBACK,
                LONG_AGO,
                Map.of("To", "+12025550143", "MessageStatus", "sent"));
        Observation price = new Observation(
                AttemptStatus.SENT,
                SID,
                0,
                null,
                Observation.Source.POLL,
                LONG_AGO.plusSeconds(1),
                Map.of("Price", "0.0079", "PriceUnit", "USD"));
        stores().attempts().observe(attempt, callback);
        stores().attempts().observe(attempt, price);

        assertThat(retention().emptyCallbacks(EVER, 10)).isZero();
        assertThat(retention().emptyCallbacks(DAY, 10)).isEqualTo(1);
        assertThat(retention().emptyCallbacks(DAY, 10)).isZero();

        assertThat(stores().attempts().observations(attempt)).containsExactly(callback.withoutRaw(), price);
        assertThat(callback.withoutRaw().raw()).isEmpty();
        assertThat(stores().attempts().attempts(attempt.message()).get(0).status())
                .isEqualTo(AttemptStatus.SENT);
    }

    @Test
    void callbacks_are_emptied_a_few_at_a_time() {
        for (int i = 0; i < 5; i++) {
            AttemptId attempt = begunAttempt();
            stores().attempts()
                    .observe(
                            attempt,
                            new Observation(
                                    AttemptStatus.SENT,
                                    null,
                                    0,
                                    null,
                                    Observation.Source.CALLBACK,
                                    LONG_AGO,
                                    Map.of("To", "+12025550143")));
        }
        assertThat(retention().emptyCallbacks(DAY, 3)).isEqualTo(3);
        assertThat(retention().emptyCallbacks(DAY, 3)).isEqualTo(2);
        assertThat(retention().emptyCallbacks(DAY, 3)).isZero();
    }

    private InboundMessage inbound(int which) {
        return new InboundMessage(
                ids.next(),
                TenantId.DEFAULT,
                AccountId.DEFAULT,
                new Received(
                        "SM%032x".formatted(which),
                        Channel.SMS,
                        number(1),
                        SENDER,
                        null,
                        "hello",
                        List.of(),
                        Map.of(),
                        1,
                        LONG_AGO.plusSeconds(which)));
    }

    private InboundMessage done(int which) {
        InboundMessage message = inbound(which);
        stores().inbound().append(message, Map.of("Body", "hello"));
        for (InboundMove move : List.of(InboundMove.checked(Duration.ZERO), InboundMove.done("handled", false))) {
            InboundRow row = stores().inbound().find(message.id()).orElseThrow();
            assertThat(stores().inbound().move(row, move)).isTrue();
        }
        return message;
    }

    @Test
    void inbound_messages_are_told_once_they_are_done_oldest_first() {
        InboundMessage second = done(2);
        InboundMessage first = done(1);
        stores().inbound().append(inbound(3), Map.of());

        assertThat(retention().heard(DAY, 10)).extracting(InboundRow::message).containsExactly(first, second);
        assertThat(retention().heard(DAY, 1)).hasSize(1);
        assertThat(retention().heard(EVER, 10)).isEmpty();
    }

    @Test
    void a_deleted_inbound_message_is_gone_and_never_taken_in_again() {
        InboundMessage open = inbound(1);
        stores().inbound().append(open, Map.of("Body", "hello"));
        InboundMessage done = done(2);

        assertThat(retention().deleteInbound(List.of(open.id(), done.id(), ids.next())))
                .isEqualTo(2);

        assertThat(stores().inbound().find(open.id())).isEmpty();
        assertThat(stores().inbound().raw(done.id())).isEmpty();
        assertThat(stores().inbound().inState(InboundState.RECEIVED, 10)).isEmpty();
        assertThat(stores().inbound().claim(InboundState.RECEIVED, 10, LEASE)).isEmpty();
        assertThat(stores().conversations().page(TenantId.DEFAULT, number(1), null, 10))
                .isEmpty();
        assertThat(stores().inbound().append(inbound(1), Map.of())).isFalse();
    }
}
