package io.tidings.inbound;

import static io.tidings.inbound.InboundScene.CUSTOMER;
import static io.tidings.inbound.InboundScene.OURS;
import static io.tidings.inbound.InboundScene.PERSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.TidingsBuilder;
import io.tidings.message.Channel;
import io.tidings.message.Content;
import io.tidings.message.InvalidContentException;
import io.tidings.message.MessageStatus;
import io.tidings.message.OutboundMessage;
import io.tidings.outbox.Receipt;
import io.tidings.sandbox.SandboxMessage;
import io.tidings.template.TemplateDraft;
import io.tidings.template.WhatsAppTemplates;
import io.tidings.template.WhatsAppTemplates.Approval;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class WhatsAppTest {
    private static final String WHATSAPP = "whatsapp:" + OURS;
    private static final Locale EN = Locale.ENGLISH;

    private final String[] contentSid = {"HX" + "0".repeat(32)};

    private InboundScene scene(Approval approval, UnaryOperator<TidingsBuilder> more) {
        InboundScene scene = new InboundScene(
                network -> network.sender(WHATSAPP, 1000),
                settings -> more.apply(settings.whatsAppTemplates(
                        WhatsAppTemplates.none().with("ready", Locale.ROOT, contentSid[0], approval, "name", "bay"))));
        return scene;
    }

    /** The SID is known only once the sandbox runs, so the system is built a second time. */
    private InboundScene approvedScene() {
        InboundScene scene = scene(Approval.APPROVED, settings -> settings.onMessage(m -> Reply.text("Hello")));
        contentSid[0] = scene.sandbox.contentTemplate("ready", "en", "{{1}}, your car is at bay {{2}}.");
        scene.sandbox.approval(contentSid[0], "approved");
        scene.tidings.close();
        scene.tidings = scene.build();
        scene.tidings.templates().create(TemplateDraft.of("ready", "{{name}}, your car is at bay {{bay}}."));
        scene.tidings.runDue();
        return scene;
    }

    private static void write(InboundScene scene, String text) {
        scene.sandbox.handset(CUSTOMER).whatsApp(OURS, text);
        Map<String, String> form = scene.form("whatsapp:" + CUSTOMER, text);
        form.put("ProfileName", "Ann");
        form.put("WaId", CUSTOMER.substring(1));
        scene.deliver(form);
        scene.run();
    }

    private static OutboundMessage free(String text) {
        return OutboundMessage.to(PERSON).channel(Channel.WHATSAPP).text(text).build();
    }

    private static OutboundMessage ready() {
        return OutboundMessage.to(PERSON)
                .channel(Channel.WHATSAPP)
                .content(new Content.Templated("ready", null, EN, Map.of("name", "Ann", "bay", "4")))
                .build();
    }

    private static List<SandboxMessage> out(InboundScene scene) {
        return scene.sandbox.messages().stream()
                .filter(message -> message.direction().startsWith("outbound"))
                .toList();
    }

    @Test
    void a_whatsapp_message_is_handled_and_answered_on_whatsapp() {
        try (InboundScene scene = approvedScene()) {
            write(scene, "hi");

            assertThat(out(scene)).singleElement().satisfies(message -> {
                assertThat(message.from()).isEqualTo(WHATSAPP);
                assertThat(message.to()).isEqualTo("whatsapp:" + CUSTOMER);
                assertThat(message.body()).isEqualTo("Hello");
            });
        }
    }

    @Test
    void free_text_outside_the_window_is_refused_with_its_reason() {
        try (InboundScene scene = approvedScene()) {
            assertThat(scene.tidings.send(free("Are you there?"))).satisfies(receipt -> {
                assertThat(receipt.status()).isEqualTo(MessageStatus.REFUSED);
                assertThat(receipt.reason()).contains("24-hour window", "whatsAppTemplates");
            });
            write(scene, "hi");
            assertThat(scene.tidings.send(free("Are you there?")).status()).isEqualTo(MessageStatus.QUEUED);
            scene.forward(Duration.ofHours(24));
            assertThat(scene.tidings.send(free("Still there?")).status()).isEqualTo(MessageStatus.REFUSED);
        }
    }

    @Test
    void a_template_goes_as_text_inside_the_window_and_as_its_approved_twin_outside() {
        try (InboundScene scene = approvedScene()) {
            Receipt outside = scene.tidings.send(ready());
            scene.tidings.runDue();
            assertThat(scene.tidings.explain(outside.id()).orElseThrow().text())
                    .contains("carriedAs=template", "contentSid=" + contentSid[0], "the approved template is sent");

            write(scene, "hi");
            scene.forward(Duration.ofDays(2));
            write(scene, "hi again");
            scene.tidings.send(OutboundMessage.to(PERSON)
                    .channel(Channel.WHATSAPP)
                    .content(new Content.Templated("ready", null, EN, Map.of("name", "Ann", "bay", "5")))
                    .build());
            scene.tidings.runDue();

            assertThat(out(scene))
                    .extracting(SandboxMessage::body)
                    .contains("Ann, your car is at bay 4.", "Ann, your car is at bay 5.");
        }
    }

    @Test
    void the_window_that_closes_while_a_message_waits_is_noticed_before_the_wire() {
        try (InboundScene scene = approvedScene()) {
            write(scene, "hi");
            Receipt later = scene.tidings.send(OutboundMessage.to(PERSON)
                    .channel(Channel.WHATSAPP)
                    .text("A day later")
                    .at(scene.time.instant().plus(Duration.ofHours(25)))
                    .build());
            assertThat(later.isRefused()).isFalse();
            scene.forward(Duration.ofHours(26));
            scene.tidings.runDue();

            assertThat(scene.tidings.find(later.id()).orElseThrow().status()).isEqualTo(MessageStatus.REFUSED);
        }
    }

    @Test
    void a_template_that_is_not_approved_is_no_template() {
        try (InboundScene scene = scene(Approval.PENDING, settings -> settings)) {
            scene.tidings.templates().create(TemplateDraft.of("ready", "{{name}}, your car is at bay {{bay}}."));
            assertThat(scene.tidings.send(ready()).status()).isEqualTo(MessageStatus.REFUSED);
        }
    }

    @Test
    void in_a_hundred_random_days_63016_never_happens_through_us() {
        long seed = Long.getLong("tidings.seed", 20261121L);
        Random random = new Random(seed);
        try (InboundScene scene = approvedScene()) {
            for (int i = 0; i < 100; i++) {
                switch (random.nextInt(4)) {
                    case 0 -> write(scene, "message " + i);
                    case 1 -> scene.tidings.send(free("text " + i));
                    case 2 ->
                        scene.tidings.send(OutboundMessage.to(PERSON)
                                .channel(Channel.WHATSAPP)
                                .content(new Content.Templated("ready", null, EN, Map.of("name", "A" + i, "bay", "4")))
                                .build());
                    default -> scene.forward(Duration.ofMinutes(random.nextInt(1800)));
                }
                scene.tidings.runDue();
            }
            scene.forward(Duration.ofMinutes(5));

            assertThat(out(scene)).as("seed %d", seed).hasSizeGreaterThan(20);
            assertThat(out(scene))
                    .extracting(SandboxMessage::errorCode)
                    .as("seed %d", seed)
                    .containsOnly(0);
        }
    }

    @Test
    void an_approved_template_travels_on_whatsapp_only() {
        Content content = new Content.Approved(
                "HX" + "a".repeat(32), Map.of("1", "Ann"), new io.tidings.message.MessageBody("Hello Ann"));

        assertThat(content.toString()).doesNotContain("Ann");
        assertThat(OutboundMessage.to(PERSON).content(content).build().channel())
                .isEqualTo(Channel.WHATSAPP);
        assertThatThrownBy(() -> OutboundMessage.to(PERSON)
                        .channel(Channel.SMS)
                        .content(content)
                        .build())
                .isInstanceOf(InvalidContentException.class);
    }
}
