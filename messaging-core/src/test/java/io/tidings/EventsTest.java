package io.tidings;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.budget.Allowance;
import io.tidings.budget.BudgetLimit;
import io.tidings.budget.Budgets;
import io.tidings.event.EventCounts;
import io.tidings.event.EventSettings;
import io.tidings.event.MessageCanceled;
import io.tidings.event.MessageDelivered;
import io.tidings.event.MessageFailed;
import io.tidings.event.MessageQueued;
import io.tidings.event.MessageReceived;
import io.tidings.event.MessageSent;
import io.tidings.event.MessagingEvent;
import io.tidings.event.OptedIn;
import io.tidings.event.OptedOut;
import io.tidings.event.SpendLimitReached;
import io.tidings.message.Failure;
import io.tidings.message.MessageStatus;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Secret;
import io.tidings.message.StoreUnavailableException;
import io.tidings.message.TenantId;
import io.tidings.outbox.Receipt;
import io.tidings.test.SignedWebhook;
import io.tidings.test.TestTidings;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventsTest {
    private static final String ANA = "+12025550143";
    private static final Secret TOKEN = new Secret("the auth token of the fake account");
    private static final URI INBOUND = URI.create("https://tidings.example.com/inbound");

    private final List<MessagingEvent> told = new ArrayList<>();

    private List<Class<?>> types() {
        return told.stream().<Class<?>>map(Object::getClass).toList();
    }

    private static void receive(TestTidings kit, String sid, String text) {
        kit.tidings()
                .webhooks()
                .handle(SignedWebhook.inbound(INBOUND, sid, ANA, TestTidings.SENDER, text)
                        .sign(TOKEN));
        kit.runDue();
    }

    @Test
    void a_delivered_message_is_told_in_its_order() {
        try (TestTidings kit = TestTidings.overFake(settings -> settings.on(MessagingEvent.class, told::add))) {
            Receipt receipt = kit.tidings().sms(ANA, "Your car is ready.");
            kit.runDue();

            assertThat(types()).containsExactly(MessageQueued.class, MessageSent.class, MessageDelivered.class);
            assertThat(told).extracting(MessagingEvent::event).isSorted().doesNotHaveDuplicates();
            assertThat(((MessageDelivered) told.get(2)).id()).isEqualTo(receipt.id());
            assertThat(((MessageDelivered) told.get(2)).message().to()).isEqualTo(new PhoneNumber(ANA));
            assertThat(kit.tidings().events().counts()).isEqualTo(new EventCounts(0, 0));
        }
    }

    @Test
    void a_failure_is_told_with_its_reason() {
        try (TestTidings kit = TestTidings.overFake(settings -> settings.on(MessageFailed.class, told::add))) {
            kit.fake().failNext(21211);
            kit.tidings().sms(ANA, "Your car is ready.");
            kit.runDue();
            kit.tidings().optOut(TenantId.DEFAULT, new PhoneNumber(ANA), "ana");
            kit.tidings().sms(ANA, "Your car is still ready.");
            kit.runDue();

            assertThat(types()).containsExactly(MessageFailed.class, MessageFailed.class);
            MessageFailed rejected = (MessageFailed) told.get(0);
            assertThat(rejected.status()).isEqualTo(MessageStatus.FAILED);
            assertThat(rejected.failure().code()).isEqualTo(21211);
            MessageFailed refused = (MessageFailed) told.get(1);
            assertThat(refused.status()).isEqualTo(MessageStatus.REFUSED);
            assertThat(refused.failure().explanation()).isNotBlank();
        }
    }

    @Test
    void a_try_that_the_carrier_failed_is_told_when_it_is_sent_again() {
        try (TestTidings kit = TestTidings.overFake(settings -> settings.on(MessagingEvent.class, told::add))) {
            kit.fake().failNext(30003);
            kit.tidings().sms(ANA, "Your car is ready.");
            kit.forward(Duration.ofHours(2)).runDue();

            assertThat(types())
                    .containsExactly(MessageQueued.class, MessageSent.class, MessageSent.class, MessageDelivered.class);
        }
    }

    private interface Desk {
        void call(OutboundMessage message, @Nullable Failure why);
    }

    private interface Crm {
        void unsubscribe(PhoneNumber number);
    }

    private static TidingsBuilder listening(TidingsBuilder builder, Desk desk, Crm crm) {
        // tag::listen
        builder.on(MessageFailed.class, event -> desk.call(event.message(), event.failure()))
                .on(OptedOut.class, event -> crm.unsubscribe(event.number()));
        // end::listen
        return builder;
    }

    @Test
    void each_listener_is_told_of_its_own_type() {
        List<Object> calls = new ArrayList<>();
        try (TestTidings kit = TestTidings.overFake(
                settings -> listening(settings, (message, why) -> calls.add(message.to()), calls::add))) {
            kit.fake().failNext(21211);
            kit.tidings().sms(ANA, "Your car is ready.");
            receive(kit, "SM" + "4".repeat(32), "STOP");

            assertThat(calls).containsExactly(new PhoneNumber(ANA), new PhoneNumber(ANA));
        }
    }

    @Test
    void cancelling_is_told() {
        try (TestTidings kit = TestTidings.overFake(settings -> settings.on(MessageCanceled.class, told::add))) {
            Receipt receipt = kit.tidings().sms(ANA, "Your car is ready.");
            kit.tidings().cancel(receipt.id());
            kit.runDue();

            assertThat(types()).containsExactly(MessageCanceled.class);
        }
    }

    @Test
    void what_people_say_is_told_once_however_often_it_is_replayed() {
        try (TestTidings kit = TestTidings.overFake(settings -> settings.on(MessageReceived.class, told::add)
                .on(OptedOut.class, told::add)
                .on(OptedIn.class, told::add))) {
            String sid = "SM" + "1".repeat(32);
            receive(kit, sid, "STOP");
            receive(kit, sid, "STOP");
            kit.tidings().optIn(new TenantId("acme"), new PhoneNumber(ANA), "form");
            kit.runDue();

            assertThat(types()).containsExactly(MessageReceived.class, OptedOut.class, OptedIn.class);
            OptedOut out = (OptedOut) told.get(1);
            assertThat(out.number()).isEqualTo(new PhoneNumber(ANA));
            assertThat(out.source()).isEqualTo("KEYWORD");
            assertThat(((OptedIn) told.get(2)).tenant()).isEqualTo(new TenantId("acme"));
            assertThat(told.toString()).doesNotContain(ANA);
        }
    }

    @Test
    void a_budget_that_is_used_up_is_told() {
        try (TestTidings kit = TestTidings.overFake(settings -> settings.on(SpendLimitReached.class, told::add)
                .budgets(Budgets.none().with(BudgetLimit.everyone(BudgetLimit.Period.DAY, Allowance.messages(2)))))) {
            kit.tidings().sms(ANA, "One.");
            kit.tidings().sms("+12025550144", "Two.");
            kit.runDue();

            assertThat(told).last().isInstanceOfSatisfying(SpendLimitReached.class, reached -> {
                assertThat(reached.percent()).isEqualTo(100);
                assertThat(reached.used()).isEqualTo("2 messages");
                assertThat(reached.limit()).isEqualTo("2 messages");
                assertThat(reached.budget().tenant()).isNull();
            });
        }
    }

    @Test
    void a_failing_listener_is_told_again_and_touches_no_status() {
        List<Long> tries = new ArrayList<>();
        try (TestTidings kit = TestTidings.overFake(settings -> settings.on(MessageDelivered.class, event -> {
            tries.add(event.event());
            if (tries.size() < 4) {
                throw new IllegalStateException("not yet");
            }
        }))) {
            Receipt receipt = kit.tidings().sms(ANA, "Your car is ready.");
            kit.runDue();
            assertThat(tries).hasSize(1);
            assertThat(kit.tidings().find(receipt.id()).orElseThrow().status()).isEqualTo(MessageStatus.DELIVERED);

            kit.forward(Duration.ofSeconds(1)).runDue();
            assertThat(tries).hasSize(2);
            kit.forward(Duration.ofSeconds(1)).runDue();
            assertThat(tries).hasSize(2);
            kit.forward(Duration.ofHours(1)).runDue();

            assertThat(tries).hasSize(4).containsOnly(tries.get(0));
            assertThat(kit.tidings().find(receipt.id()).orElseThrow().status()).isEqualTo(MessageStatus.DELIVERED);
            assertThat(kit.tidings().events().counts()).isEqualTo(new EventCounts(0, 0));
        }
    }

    @Test
    void what_a_listener_wrote_is_undone_with_its_failure_so_that_it_counts_once() {
        List<Long> tries = new ArrayList<>();
        Tidings[] system = new Tidings[1];
        try (TestTidings kit = TestTidings.overFake(settings -> settings.on(MessageReceived.class, event -> {
            tries.add(event.event());
            system[0].sms("+12025550144", "Ana wrote to us.");
            if (tries.size() < 3) {
                throw new StoreUnavailableException(
                        "the listener's own database is down", new IllegalStateException("down"));
            }
        }))) {
            system[0] = kit.tidings();
            receive(kit, "SM" + "2".repeat(32), "hello");
            kit.forward(Duration.ofMinutes(1)).runDue();

            assertThat(tries).hasSize(3);
            assertThat(kit.sent()).hasSize(1);
        }
    }

    @Test
    void after_too_many_tries_an_event_is_set_aside_until_an_operator_lets_it_begin_anew() {
        boolean[] broken = {true};
        try (TestTidings kit = TestTidings.overFake(settings -> settings.events(
                        EventSettings.defaults().withAttempts(3))
                .on(MessageDelivered.class, event -> {
                    if (broken[0]) {
                        throw new AssertionError("broken");
                    }
                    told.add(event);
                }))) {
            kit.tidings().sms(ANA, "Your car is ready.");
            kit.runDue();
            kit.forward(Duration.ofDays(1)).runDue();
            assertThat(kit.tidings().events().counts()).isEqualTo(new EventCounts(0, 1));

            broken[0] = false;
            assertThat(kit.tidings().events().retryAll()).isOne();
            kit.runDue();

            assertThat(types()).containsExactly(MessageDelivered.class);
        }
    }

    @Test
    void nothing_is_written_that_nobody_listens_to() {
        try (TestTidings kit = TestTidings.overFake(settings -> settings.on(OptedOut.class, told::add))) {
            kit.tidings().sms(ANA, "Your car is ready.");
            assertThat(kit.tidings().events().counts()).isEqualTo(new EventCounts(0, 0));
            kit.tidings().on(MessageDelivered.class, told::add);
            kit.runDue();

            assertThat(types()).containsExactly(MessageDelivered.class);
        }
    }

    @Test
    void a_node_writes_for_listeners_of_other_nodes() {
        try (TestTidings kit = TestTidings.overFake(settings -> settings.writeEvents(MessageSent.class))) {
            kit.tidings().sms(ANA, "Your car is ready.");
            kit.runDue();

            assertThat(kit.tidings().events().counts()).isEqualTo(new EventCounts(1, 0));
        }
    }

    @Test
    void what_did_not_commit_is_told_to_nobody() {
        try (TestTidings kit = TestTidings.overFake(settings -> settings.on(MessagingEvent.class, told::add))) {
            try {
                kit.tidings().transactions().execute(() -> {
                    kit.tidings().sms(ANA, "Your car is ready.");
                    throw new IllegalStateException("the host changed its mind");
                });
            } catch (IllegalStateException expected) {
                kit.runDue();
            }

            assertThat(told).isEmpty();
        }
    }

    @Test
    void nobody_is_told_of_the_erased() {
        boolean[] broken = {true};
        try (TestTidings kit = TestTidings.overFake(settings -> settings.on(MessagingEvent.class, event -> {
            if (broken[0]) {
                throw new IllegalStateException("later");
            }
            told.add(event);
        }))) {
            kit.tidings().sms(ANA, "Your car is ready.");
            receive(kit, "SM" + "3".repeat(32), "STOP");
            kit.tidings().people().erase(TenantId.DEFAULT, new PhoneNumber(ANA));
            broken[0] = false;
            kit.forward(Duration.ofDays(2)).runDue();

            assertThat(told).isEmpty();
            assertThat(kit.tidings().events().counts()).isEqualTo(new EventCounts(0, 0));
        }
    }
}
