package io.tidings.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HostileWebhooksTest {
    private final Sandbox sandbox = SteppedSandbox.builder().start();
    private final Api api = new Api(sandbox);
    private final Receiver receiver = new Receiver();

    @BeforeEach
    void receive() {
        sandbox.inboundWebhook(SteppedSandbox.FROM, receiver.url("/in"));
    }

    @AfterEach
    void close() {
        sandbox.close();
        receiver.close();
    }

    @Test
    void a_duplicated_callback_comes_twice() {
        only(Mishap.CALLBACK_DUPLICATED);
        send();

        assertThat(receiver.told("MessageStatus")).hasSize(4).contains("sent", "delivered");
        assertThat(sandbox.log().mishaps()).containsEntry(Mishap.CALLBACK_DUPLICATED, 2);
        assertThat(sandbox.log().callbacks()).hasSize(4);
    }

    @Test
    void a_reordered_callback_comes_after_a_later_one() {
        sandbox.faults().next(1, Mishap.CALLBACK_REORDERED);
        send();

        assertThat(receiver.told("MessageStatus")).containsExactlyInAnyOrder("delivered", "sent");
        long sent = at("sent");
        assertThat(sandbox.log().callbacks().stream()
                        .filter(each -> each.status().equals("sent"))
                        .findFirst()
                        .orElseThrow()
                        .stamp()
                        .nanos())
                .isEqualTo(sent);
        assertThat(sandbox.log().mishaps()).containsEntry(Mishap.CALLBACK_REORDERED, 1);
    }

    @Test
    void a_long_held_callback_is_overtaken() {
        sandbox.hostile(Hostility.calm().withSlowest(Duration.ofSeconds(20)));
        sandbox.faults().next(1, Mishap.CALLBACK_REORDERED);
        send();

        assertThat(receiver.told("MessageStatus")).containsExactly("delivered", "sent");
    }

    @Test
    void a_dropped_callback_never_comes_and_the_log_knows_which() {
        only(Mishap.CALLBACK_DROPPED);
        String sid = send();

        assertThat(receiver.arrivals).isEmpty();
        assertThat(sandbox.log().dropped().stream().map(LogEntry.Struck::what)).containsExactly("sent", "delivered");
        assertThat(sandbox.log().dropped()).allMatch(each -> sid.equals(each.sid()));
        assertThat(sandbox.message(sid).orElseThrow().status()).isEqualTo("delivered");
    }

    @Test
    void an_inbound_webhook_is_dropped_while_its_message_is_in_the_list() {
        only(Mishap.INBOUND_DROPPED);
        String sid =
                sandbox.reply(SteppedSandbox.TO, SteppedSandbox.FROM, "hello").orElseThrow();
        sandbox.advance(SteppedSandbox.LIFETIME);

        assertThat(receiver.arrivals).isEmpty();
        assertThat(sandbox.log().dropped()).singleElement().satisfies(each -> {
            assertThat(each.sid()).isEqualTo(sid);
            assertThat(each.mishap()).isEqualTo(Mishap.INBOUND_DROPPED);
        });
        assertThat(Api.json(api.get(api.messages())).at("/messages/0/sid").asText())
                .isEqualTo(sid);
    }

    @Test
    void inbound_webhooks_come_twice_or_out_of_order() {
        sandbox.faults().next(1, Mishap.INBOUND_REORDERED);
        sandbox.reply(SteppedSandbox.TO, SteppedSandbox.FROM, "one");
        sandbox.faults().next(1, Mishap.INBOUND_DUPLICATED);
        sandbox.reply(SteppedSandbox.TO, SteppedSandbox.FROM, "two");
        sandbox.advance(SteppedSandbox.LIFETIME);

        assertThat(receiver.told("Body")).startsWith("two").containsExactlyInAnyOrder("one", "two", "two");
    }

    @Test
    void opt_outs_take_effect_even_when_nobody_was_told() {
        only(Mishap.INBOUND_DROPPED);
        sandbox.reply(SteppedSandbox.TO, SteppedSandbox.FROM, "STOP");

        MessagesApiTest.assertError(
                api.create("To", SteppedSandbox.TO, "From", SteppedSandbox.FROM, "Body", "a"), 400, 21610);
        assertThat(List.copyOf(receiver.arrivals)).isEmpty();
    }

    private void only(Mishap mishap) {
        sandbox.hostile(Hostility.calm().with(mishap, 1));
    }

    private String send() {
        String sid = api.created(
                "To",
                SteppedSandbox.TO,
                "From",
                SteppedSandbox.FROM,
                "Body",
                "a",
                "StatusCallback",
                receiver.url("/cb"));
        sandbox.advance(SteppedSandbox.LIFETIME);
        return sid;
    }

    private long at(String status) {
        return sandbox.log().callbacks().stream()
                .filter(each -> each.status().equals(status))
                .mapToLong(each -> each.stamp().nanos())
                .max()
                .orElseThrow();
    }
}
