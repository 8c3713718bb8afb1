package io.tidings.inbound;

import static io.tidings.inbound.InboundScene.CUSTOMER;
import static io.tidings.inbound.InboundScene.OURS;
import static io.tidings.inbound.InboundScene.PERSON;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.history.InboundRow;
import io.tidings.history.InboundState;
import io.tidings.message.Category;
import io.tidings.message.InboundMessage;
import io.tidings.message.MessageStatus;
import io.tidings.message.StoreUnavailableException;
import io.tidings.message.TenantId;
import io.tidings.outbox.ConversationStore.Entry;
import io.tidings.outbox.MessageView;
import io.tidings.webhook.WebhookResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TwoWayTest {
    private final List<InboundMessage> handled = new ArrayList<>();

    private Reply echo(InboundMessage message) {
        handled.add(message);
        return Reply.text("You said " + message.text());
    }

    private static List<InboundRow> rows(InboundScene scene, InboundState state) {
        return scene.stores.inbound().inState(state, 100);
    }

    @Test
    void a_text_is_stored_answered_empty_handled_and_replied_to_in_its_conversation() {
        try (InboundScene scene = new InboundScene(settings -> settings.onSms("status", this::echo))) {
            WebhookResponse answer = scene.text(" Státus! ");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.contentType()).startsWith("text/xml");
            assertThat(answer.body()).contains("<Response></Response>");
            assertThat(handled).as("the answer does not wait for the handler").isEmpty();

            scene.run();

            assertThat(handled).singleElement().satisfies(message -> {
                assertThat(message.from()).isEqualTo(PERSON);
                assertThat(message.to().address()).isEqualTo(OURS);
                assertThat(scene.tidings.inbound().raw(message.id())).containsEntry("Body", " Státus! ");
            });
            assertThat(scene.sent()).containsExactly("You said  Státus! ");
            List<Entry> talk = scene.conversation();
            assertThat(talk).hasSize(2);
            assertThat(talk.get(0)).isInstanceOf(Entry.Inbound.class);
            MessageView reply = ((Entry.Outbound) talk.get(1)).message();
            assertThat(reply.stored().message().category()).isEqualTo(Category.CONVERSATION);
            assertThat(reply.stored().message().options().orderKey()).startsWith("conversation:");
        }
    }

    @Test
    void the_same_webhook_a_hundred_times_is_one_message_and_one_reply() {
        try (InboundScene scene = new InboundScene(settings -> settings.onMessage(this::echo))) {
            Map<String, String> form = scene.form(CUSTOMER, "hello");
            for (int i = 0; i < 100; i++) {
                assertThat(scene.deliver(form).status()).isEqualTo(200);
                scene.run();
            }

            assertThat(handled).hasSize(1);
            assertThat(scene.sent()).containsExactly("You said hello");
        }
    }

    @Test
    void a_stop_is_heard_before_the_handlers_of_older_messages() {
        List<String> order = new ArrayList<>();
        try (InboundScene scene = new InboundScene(settings -> settings.onMessage(message -> {
            order.add(message.text());
            return Reply.text("Thank you.");
        }))) {
            scene.text("first");
            scene.time.forward(Duration.ofSeconds(1));
            scene.text("STOP");

            scene.run();

            assertThat(order).containsExactly("first");
            assertThat(scene.sent()).as("the reply comes after the STOP").doesNotContain("Thank you.");
            assertThat(scene.conversation())
                    .filteredOn(Entry.Outbound.class::isInstance)
                    .allSatisfy(entry -> assertThat(
                                    ((Entry.Outbound) entry).message().status())
                            .isEqualTo(MessageStatus.REFUSED));
        }
    }

    @Test
    void a_replayed_START_subscribes_nobody_again() {
        try (InboundScene scene = new InboundScene(settings -> settings)) {
            Map<String, String> start = scene.form(CUSTOMER, "START");
            scene.deliver(start);
            scene.run();
            scene.time.forward(Duration.ofMinutes(1));
            scene.text("STOP");
            scene.run();
            scene.deliver(start);
            scene.run();

            assertThat(scene.tidings.sms(CUSTOMER, "Our offer").status()).isEqualTo(MessageStatus.REFUSED);
        }
    }

    @Test
    void a_failing_handler_is_called_again_until_it_succeeds_and_replies_once() {
        AtomicInteger calls = new AtomicInteger();
        try (InboundScene scene = new InboundScene(settings -> settings.onMessage(message -> {
            if (calls.incrementAndGet() < 4) {
                throw new IOException("the shop is closed");
            }
            return Reply.text("done");
        }))) {
            scene.text("hello");
            scene.text("second");
            scene.tidings.runDue();
            assertThat(calls.get()).as("the second waits for the first").isEqualTo(1);

            for (int i = 0; i < 10; i++) {
                scene.forward(Duration.ofSeconds(10));
                scene.run();
            }

            assertThat(calls.get()).isEqualTo(5);
            assertThat(scene.sent()).containsExactly("done", "done");
        }
    }

    @Test
    void a_poisonous_message_is_quarantined_with_its_reason_lets_others_pass_and_can_be_retried() {
        List<String> seen = new ArrayList<>();
        boolean[] broken = {true};
        try (InboundScene scene = new InboundScene(settings -> settings.inbound(
                        InboundSettings.defaults().withAttempts(3))
                .onMessage(message -> {
                    if (message.text().equals("poison") && broken[0]) {
                        throw new IllegalStateException("+12025550143 said poison");
                    }
                    seen.add(message.text());
                    return Reply.none();
                }))) {
            scene.text("poison");
            scene.text("next");
            for (int i = 0; i < 5; i++) {
                scene.run();
                scene.forward(Duration.ofSeconds(30));
            }

            assertThat(seen).containsExactly("next");
            List<InboundRow> quarantined = scene.tidings.inbound().quarantined();
            assertThat(quarantined)
                    .singleElement()
                    .satisfies(row -> assertThat(row.note())
                            .isEqualTo("tried 3 times, failed with java.lang.IllegalStateException"));

            broken[0] = false;
            assertThat(scene.tidings
                            .inbound()
                            .retry(quarantined.get(0).message().id()))
                    .isTrue();
            scene.run();
            assertThat(seen).containsExactly("next", "poison");
            assertThat(scene.tidings.inbound().quarantined()).isEmpty();
        }
    }

    @Test
    void two_machines_that_answer_each_other_are_stopped_before_twilio_does() {
        try (InboundScene scene = new InboundScene(settings -> settings.onMessage(this::echo))) {
            for (int i = 0; i < 25; i++) {
                scene.text("I am out of office " + i);
                scene.tidings.runDue();
            }
            scene.run();

            assertThat(scene.sent()).hasSize(10);
            assertThat(rows(scene, InboundState.DONE))
                    .filteredOn(row -> row.note().contains("two machines"))
                    .hasSize(15);

            scene.forward(Duration.ofSeconds(31));
            scene.text("hello again");
            scene.run();
            assertThat(scene.sent()).hasSize(11);
        }
    }

    @Test
    void an_immediate_answer_is_twiml_and_is_not_repeated_by_the_loop() {
        try (InboundScene scene = new InboundScene(settings -> settings.routes(
                Routes.none().answerNow(Keyword.whole("menu"), message -> Reply.text("1 < 2 & \"ok\"\u0007"))))) {
            scene.run();
            WebhookResponse answer = scene.text("Menu");

            assertThat(answer.body()).contains("<Message>1 &lt; 2 &amp; ").doesNotContain("\u0007");
            scene.forward(Duration.ofMinutes(2));
            scene.run();
            assertThat(scene.sent()).isEmpty();
            assertThat(rows(scene, InboundState.DONE))
                    .singleElement()
                    .satisfies(row -> assertThat(row.note()).isEqualTo("answered in the webhook"));
        }
    }

    @Test
    void an_immediate_answer_to_somebody_who_opted_out_is_refused_like_any_other() {
        try (InboundScene scene = new InboundScene(settings ->
                settings.routes(Routes.none().answerNow(Keyword.whole("menu"), message -> Reply.text("Soup"))))) {
            scene.run();
            scene.text("STOP");
            scene.time.forward(Duration.ofSeconds(1));

            assertThat(scene.text("menu").body()).doesNotContain("Soup");
            scene.run();
            assertThat(scene.conversation())
                    .filteredOn(Entry.Outbound.class::isInstance)
                    .isNotEmpty()
                    .allSatisfy(entry -> assertThat(
                                    ((Entry.Outbound) entry).message().status())
                            .isEqualTo(MessageStatus.REFUSED));
        }
    }

    @Test
    void an_immediate_handler_that_fails_answers_later_through_the_outbox() {
        AtomicInteger calls = new AtomicInteger();
        try (InboundScene scene =
                new InboundScene(settings -> settings.routes(Routes.none().answerNow(Keyword.first("menu"), message -> {
                    if (calls.incrementAndGet() == 1) {
                        throw new StoreUnavailableException("the shop's own database is down", new IOException());
                    }
                    return Reply.text("Soup");
                })))) {
            scene.run();
            WebhookResponse answer = scene.text("menu please");

            assertThat(answer.status())
                    .as("it is stored, so Twilio need not come again")
                    .isEqualTo(200);
            scene.forward(Duration.ofMinutes(2));
            scene.run();
            assertThat(scene.sent()).containsExactly("Soup");
        }
    }

    @Test
    void conversations_are_paged_and_belong_to_a_tenant() {
        try (InboundScene scene = new InboundScene(settings -> settings.onMessage(this::echo))) {
            for (int i = 0; i < 5; i++) {
                scene.text("m" + i);
                scene.run();
                scene.forward(Duration.ofMinutes(1));
            }
            List<Entry> newest = scene.tidings.conversation(TenantId.DEFAULT, PERSON, null, 4);
            List<Entry> rest = scene.tidings.conversation(
                    TenantId.DEFAULT, PERSON, newest.get(3).cursor(), 100);

            assertThat(newest).hasSize(4);
            assertThat(rest).hasSize(6).doesNotContainAnyElementsOf(newest);
            assertThat(scene.tidings.conversation(new TenantId("other"), PERSON))
                    .isEmpty();
        }
    }
}
