package io.tidings.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.history.InboundState;
import io.tidings.history.Observation;
import io.tidings.history.WebhookStore;
import io.tidings.history.WebhookStore.Seen;
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
import io.tidings.outbox.QueueRow;
import io.tidings.outbox.Settled;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every {@link WebhookStore} does. */
abstract class WebhookStoreContract extends StoreContract {
    private static final TenantId GARAGE = new TenantId("garage");

    WebhookStoreContract(AllStoresContract author) {
        super(author);
    }

    private WebhookStore webhooks() {
        return stores().records().webhooks();
    }

    @Test
    void what_was_seen_comes_last_first_with_its_tenant_wherever_the_message_lies() {
        QueueRow left = begin(NODE, enqueue(message -> message.tenant(GARAGE)));
        QueueRow waits = begin(NODE, enqueue());
        stores().attempts().observe(left.attempt(), seen(AttemptStatus.SENT, "SM1", 0, 1));
        stores().attempts().observe(waits.attempt(), seen(AttemptStatus.SENT, "SM2", 0, 2));
        stores().attempts().observe(left.attempt(), seen(AttemptStatus.DELIVERED, "SM1", 0, 3));
        stores().work().settle(new Settled.Leave(left.attempt()));
        stores().history().save(ended(left, MessageStatus.DELIVERED));

        List<Seen> all = webhooks().seenBelow(WebhookStore.TOP, 10);

        assertThat(all)
                .extracting(row -> row.seen().status())
                .containsExactly(AttemptStatus.DELIVERED, AttemptStatus.SENT, AttemptStatus.SENT);
        assertThat(all).extracting(Seen::attempt).containsExactly(left.attempt(), waits.attempt(), left.attempt());
        assertThat(all.get(1).tenant()).isEqualTo(TenantId.DEFAULT);
        assertThat(all.get(2).tenant()).isEqualTo(GARAGE);
        assertThat(all.get(0).seen().raw()).containsEntry("MessageStatus", "DELIVERED");
        assertThat(all.get(0).seen().source()).isEqualTo(Observation.Source.CALLBACK);
    }

    @Test
    void a_page_goes_on_below_a_place_and_looks_at_no_more_rows_than_it_was_told() {
        AttemptId attempt = begunAttempt();
        for (int second = 0; second < 5; second++) {
            stores().attempts().observe(attempt, seen(AttemptStatus.SENT, "SM1", 0, second));
        }

        List<Seen> first = webhooks().seenBelow(WebhookStore.TOP, 2);
        List<Seen> second = webhooks().seenBelow(first.get(1).place(), 2);
        List<Seen> third = webhooks().seenBelow(second.get(1).place(), 2);

        assertThat(List.of(first.size(), second.size(), third.size())).containsExactly(2, 2, 1);
        assertThat(third.get(0).seen().at()).isEqualTo(LONG_AGO);
        assertThat(third.get(0).tenant()).as("its message is not here").isNull();
        assertThat(webhooks().seenBelow(third.get(0).place(), 2)).isEmpty();
    }

    private InboundMessage letter(MessageId id) {
        Received received =
                new Received("SM" + id, Channel.SMS, number(1), SENDER, null, "Yes.", List.of(), Map.of(), 1, LONG_AGO);
        return new InboundMessage(id, GARAGE, AccountId.DEFAULT, received);
    }

    @Test
    void messages_from_people_come_last_first_from_below_an_id() {
        Instant came = LONG_AGO.plus(Duration.ofDays(7));
        MessageId first = new MessageIds(InstantSource.fixed(came), new Random(1)).next();
        MessageId second = new MessageIds(InstantSource.fixed(came.plusMillis(1)), new Random(2)).next();
        stores().inbound().append(letter(first), Map.of("Body", "Yes."));
        stores().inbound().append(letter(second), Map.of());

        List<WebhookStore.Heard> all = webhooks().heardBelow(WebhookStore.after(WebhookStore.FAR), 10);

        assertThat(all).extracting(heard -> heard.row().message().id()).containsExactly(second, first);
        assertThat(all.get(1).raw()).containsEntry("Body", "Yes.");
        assertThat(all.get(1).row().state()).isEqualTo(InboundState.RECEIVED);
        assertThat(all.get(1).arrivedAt()).isEqualTo(came);
        assertThat(webhooks().heardBelow(WebhookStore.after(came), 10))
                .extracting(heard -> heard.row().message().id())
                .containsExactly(first);
        assertThat(webhooks().heardBelow(first, 10)).isEmpty();
        assertThat(webhooks().heardBelow(WebhookStore.after(WebhookStore.FAR), 1))
                .hasSize(1);
    }
}
