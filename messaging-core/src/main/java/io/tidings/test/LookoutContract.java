package io.tidings.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.event.EventKind;
import io.tidings.event.EventRow;
import io.tidings.message.AccountId;
import io.tidings.message.AttemptStatus;
import io.tidings.message.Channel;
import io.tidings.message.InboundMessage;
import io.tidings.message.OutboundMessage;
import io.tidings.message.Received;
import io.tidings.message.TenantId;
import io.tidings.outbox.Lookout;
import io.tidings.outbox.Lookout.Renewal;
import io.tidings.outbox.Lookout.Told;
import io.tidings.outbox.Lookout.Watch;
import io.tidings.outbox.QueueRow;
import io.tidings.outbox.Settled;
import io.tidings.schedule.Recurring;
import io.tidings.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Lookout} sees. One that is never sure passes too: it costs statements, not messages.
 *
 * <p>In each test there is one thing that is due, on a node that otherwise has nothing to do.
 */
abstract class LookoutContract extends StoreContract {
    private static final Duration AHEAD = Duration.ofSeconds(3);
    private static final Told TOLD = new Told(Set.of(EventKind.MESSAGE_SENT), Set.of("crm"));

    private int others;

    LookoutContract(AllStoresContract author) {
        super(author);
    }

    @BeforeEach
    void arrive() {
        others = stores().work().own(NODE, LEASE).others();
    }

    /** Whatever it is to renew: that must not keep it from seeing. */
    private void isSeen() {
        for (Renewal renewal : Renewal.values()) {
            assertThat(stores().lookout().isCalm(new Watch(NODE, LEASE, AHEAD, others, TOLD), renewal))
                    .as("%s", renewal)
                    .isFalse();
        }
    }

    @Test
    void a_message_of_a_sender_that_nobody_owns() {
        enqueue();

        isSeen();
    }

    @Test
    void a_message_of_a_sender_that_the_node_owns() {
        enqueue();
        stores().work().own(NODE, LEASE);

        isSeen();
    }

    @Test
    void a_message_behind_many_that_are_not_due() {
        for (int i = 0; i < 20; i++) {
            QueueRow later = enqueue();
            stores().work().own(NODE, LEASE);
            stores().work().settle(new Settled.Delay(id(later), Duration.ofHours(1)));
        }
        enqueue(message -> message.tenant(new TenantId("zebra")));

        isSeen();
    }

    @Test
    void a_message_that_comes_due_before_long() {
        QueueRow soon = enqueue();
        stores().work().own(NODE, LEASE);
        stores().work().settle(new Settled.Delay(id(soon), AHEAD.minusSeconds(1)));

        isSeen();
    }

    @Test
    void a_message_of_a_node_whose_lease_has_ended() {
        enqueue();
        stores().work().own(OTHER_NODE, LEASE);
        advance(LEASE.plusSeconds(1));

        isSeen();
    }

    @Test
    void a_message_that_was_in_the_air_when_its_node_was_lost() {
        begin(OTHER_NODE, enqueue());
        stores().work().disown(OTHER_NODE);

        isSeen();
    }

    @Test
    void a_node_that_comes_and_one_that_goes() {
        stores().work().own(OTHER_NODE, LEASE);
        isSeen();
        others = stores().work().own(NODE, LEASE).others();

        stores().work().disown(OTHER_NODE);

        isSeen();
    }

    @Test
    void a_look_for_an_attempt_in_doubt() {
        stores().doubts().lookAfter(begunAttempt(), Duration.ofSeconds(1), 1);

        isSeen();
    }

    @Test
    void a_poll() {
        var attempt = begunAttempt();
        stores().attempts().observe(attempt, seen(AttemptStatus.QUEUED, StoreScene.SID, 0, 1));
        stores().attempts().pollAfter(attempt, Duration.ofSeconds(1), 1);

        isSeen();
    }

    @Test
    void an_event_that_somebody_hears() {
        stores().records().events().append(List.of(StoreScene.event("first")));

        isSeen();
    }

    @Test
    void a_delivery_to_an_endpoint() {
        stores().records().endpoints().add(List.of("crm"));
        stores().records().deliveries().append(new EventRow(1, StoreScene.event("first"), 1), List.of("crm"));

        isSeen();
    }

    @Test
    void a_message_from_a_person() {
        Received received = new Received(
                StoreScene.SID, Channel.SMS, number(90), SENDER, null, "hello", List.of(), Map.of(), 1, LONG_AGO);
        InboundMessage message = new InboundMessage(id(waiting()), TenantId.DEFAULT, AccountId.DEFAULT, received);
        stores().inbound().append(message, Map.of("Body", "hello"));

        isSeen();
    }

    @Test
    void a_recurring_message() {
        OutboundMessage message =
                OutboundMessage.to(number(1)).from(SENDER).text("Good morning.").build();
        Schedule daily = Schedule.daily(LocalTime.of(9, 0), ZoneId.of("America/New_York"));
        stores().recurring().add(new Recurring("morning", daily, message, Recurring.State.ACTIVE, Instant.EPOCH));

        isSeen();
    }

    @Test
    void an_entry_that_is_to_be_sealed() {
        AuditScene.fill(stores());

        isSeen();
    }
}
