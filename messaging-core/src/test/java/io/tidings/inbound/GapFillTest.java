package io.tidings.inbound;

import static io.tidings.inbound.InboundScene.CUSTOMER;
import static io.tidings.inbound.InboundScene.OURS;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.message.MessageStatus;
import io.tidings.outbox.Receipt;
import io.tidings.sandbox.Fault;
import io.tidings.sandbox.Faults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GapFillTest {
    private static final String OTHER = "+12025550144";

    private final List<String> handled = new ArrayList<>();

    private InboundScene scene() {
        return new InboundScene(settings -> settings.onMessage(message -> {
            handled.add(message.text());
            return Reply.text("Thank you.");
        }));
    }

    @Test
    void after_a_downtime_opt_outs_are_heard_before_anything_is_sent_and_the_rest_is_handled() {
        try (InboundScene scene = scene()) {
            scene.tidings.runDue();
            Receipt waiting = scene.tidings.send(io.tidings.message.OutboundMessage.to(InboundScene.PERSON)
                    .text("Your parcel is on its way.")
                    .build());
            scene.tidings.close();
            scene.forward(Duration.ofMinutes(30));
            scene.sandbox.handset(OTHER).text(OURS, "where is my car?");
            scene.forward(Duration.ofMinutes(1));
            scene.sandbox.handset(CUSTOMER).text(OURS, "STOP");
            scene.forward(Duration.ofHours(1));
            scene.tidings = scene.build();

            scene.run();
            scene.run();

            assertThat(scene.tidings.find(waiting.id()).orElseThrow().status()).isEqualTo(MessageStatus.REFUSED);
            assertThat(handled).containsExactly("where is my car?");
            assertThat(scene.tidings.inbound().missed().found()).isEqualTo(2);
            scene.tidings.runDue();
            assertThat(handled).hasSize(1);
        }
    }

    @Test
    void the_very_first_start_hears_old_opt_outs_but_answers_nobody() {
        try (InboundScene scene = scene()) {
            scene.sandbox.handset(OTHER).text(OURS, "where is my car?");
            scene.sandbox.handset(CUSTOMER).text(OURS, "STOP");
            scene.restart(Duration.ofDays(2));

            scene.tidings.runDue();

            assertThat(scene.tidings.sms(CUSTOMER, "Our offer").status()).isEqualTo(MessageStatus.REFUSED);
            assertThat(handled).isEmpty();
            assertThat(scene.tidings.inbound().missed().state()).isEqualTo(GapReport.State.COMPLETE);
        }
    }

    @Test
    void what_a_webhook_brought_is_not_taken_in_again_by_the_list() {
        try (InboundScene scene = scene()) {
            scene.tidings.runDue();
            String sid = scene.sandbox.handset(CUSTOMER).text(OURS, "hello").orElseThrow();
            var form = scene.form(CUSTOMER, "hello");
            form.put("MessageSid", sid);
            form.put("SmsSid", sid);
            scene.deliver(form);
            scene.tidings.inbound().fetchMissed(Duration.ofDays(1));

            scene.tidings.runDue();

            assertThat(handled).containsExactly("hello");
            assertThat(scene.tidings.inbound().missed().found()).isZero();
        }
    }

    @Test
    void more_than_a_page_of_messages_is_fetched_whole_and_in_order() {
        try (InboundScene scene = scene()) {
            scene.tidings.runDue();
            for (int i = 0; i < 1203; i++) {
                scene.sandbox.handset("+1202555%04d".formatted(1000 + i)).text(OURS, "m" + i);
                if (i % 100 == 0) {
                    scene.forward(Duration.ofSeconds(2));
                }
            }
            scene.restart(Duration.ofHours(1));

            scene.tidings.runDue();

            assertThat(handled).hasSize(1203).doesNotHaveDuplicates();
        }
    }

    @Test
    void while_the_provider_cannot_be_listed_sending_waits_for_its_bound_and_then_goes_on_with_a_note() {
        try (InboundScene scene = scene()) {
            scene.sandbox.faults().next(2, Faults.Scope.EVERYTHING, new Fault.Answer(500, 20500));
            scene.tidings.sms(OTHER, "Your parcel is on its way.");
            scene.tidings.runDue();
            assertThat(scene.sent()).isEmpty();
            assertThat(scene.tidings.inbound().missed().state()).isEqualTo(GapReport.State.FAILED);
            assertThat(scene.tidings.inbound().missed().problem()).contains("20500");

            scene.time.forward(Duration.ofSeconds(31));
            scene.run();
            assertThat(scene.tidings.inbound().missed().state()).isEqualTo(GapReport.State.FAILED);
            assertThat(scene.sent()).hasSize(1);

            scene.time.forward(Duration.ofMinutes(2));
            scene.tidings.runDue();
            scene.time.forward(Duration.ofMinutes(2));
            scene.tidings.runDue();
            assertThat(scene.tidings.inbound().missed().state()).isEqualTo(GapReport.State.COMPLETE);
        }
    }

    @Test
    void a_pause_of_the_process_is_a_downtime_too() {
        try (InboundScene scene = scene()) {
            scene.tidings.runDue();
            scene.sandbox.handset(OTHER).text(OURS, "are you there?");
            scene.forward(Duration.ofMinutes(10));

            scene.tidings.runDue();

            assertThat(handled).containsExactly("are you there?");
        }
    }
}
