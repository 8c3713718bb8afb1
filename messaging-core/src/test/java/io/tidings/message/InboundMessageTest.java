package io.tidings.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class InboundMessageTest {
    private static final PhoneNumber ANA = new PhoneNumber("+12025550123");
    private static final Sender.Number OURS = new Sender.Number(new PhoneNumber("+12025550199"));
    private static final Sender.Alphanumeric NAME = new Sender.Alphanumeric("Tidings");
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Received.Media PHOTO =
            new Received.Media(URI.create("https://api.twilio.com/photo-4711"), "image/jpeg");

    @Test
    void it_says_what_the_provider_reported() {
        InboundMessage message = inbound(received("SM1", Channel.SMS));

        assertThat(message.sid()).isEqualTo("SM1");
        assertThat(message.channel()).isEqualTo(Channel.SMS);
        assertThat(message.from()).isEqualTo(ANA);
        assertThat(message.to()).isEqualTo(OURS);
        assertThat(message.text()).isEqualTo("I will be late");
        assertThat(message.media()).containsExactly(PHOTO);
        assertThat(message.at()).isEqualTo(NOON);
        assertThat(message.extras()).isEqualTo(Map.of("ProfileName", "Ana"));
        assertThat(message.extra("ProfileName")).contains("Ana");
        assertThat(message.extra("ButtonPayload")).isEmpty();
    }

    @Test
    void texts_and_whatsapp_of_one_person_are_two_conversations() {
        Conversation texts = inbound(received("SM1", Channel.SMS)).conversation();
        Conversation whatsApp = inbound(received("SM2", Channel.WHATSAPP)).conversation();

        assertThat(texts).isEqualTo(new Conversation(TenantId.DEFAULT, OURS, ANA, false));
        assertThat(whatsApp).isEqualTo(new Conversation(TenantId.DEFAULT, OURS, ANA, true));
        assertThat(texts.orderKey()).startsWith("conversation:").hasSize(45).isNotEqualTo(whatsApp.orderKey());
    }

    @Test
    void nothing_that_a_person_wrote_or_is_reached_by_is_printed() {
        Received received = received("SM1", Channel.SMS);

        assertThat(received.toString())
                .contains("SM1", "SMS", "14 characters", "1 media")
                .doesNotContain("late", ANA.e164(), "photo-4711", "ProfileName");
        assertThat(PHOTO).hasToString("Media[***]");
        assertThat(inbound(received).toString()).contains("SM1").doesNotContain("late", ANA.e164(), "photo-4711");
        assertThat(inbound(received).conversation().orderKey()).doesNotContain("2025550123");
    }

    @Test
    void a_message_without_an_id_and_a_call_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> received("", Channel.SMS))
                .withMessageContaining("id");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> received("CA1", Channel.VOICE))
                .withMessageContaining("no call");
    }

    @Test
    void people_write_to_numbers_short_codes_and_the_whatsapp_address_of_a_number() {
        assertThat(Mailbox.texts(OURS)).isEqualTo(new Mailbox(OURS, false));
        assertThat(Mailbox.texts(new Sender.ShortCode("55512")))
                .isEqualTo(new Mailbox(new Sender.ShortCode("55512"), false));
        assertThat(Mailbox.whatsApp(OURS.number())).isEqualTo(new Mailbox(OURS, true));
    }

    @Test
    void nobody_writes_to_a_name_or_to_a_short_code_on_whatsapp() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Mailbox.texts(NAME))
                .withMessageContaining("takes no answers");
        assertThatIllegalArgumentException().isThrownBy(() -> new Mailbox(new Sender.ShortCode("55512"), true));
    }

    private static InboundMessage inbound(Received received) {
        return new InboundMessage(
                new MessageIds(TimeSource.system(), new SplittableRandom(1)).next(),
                TenantId.DEFAULT,
                AccountId.DEFAULT,
                received);
    }

    private static Received received(String sid, Channel channel) {
        return new Received(
                sid, channel, ANA, OURS, null, "I will be late", List.of(PHOTO), Map.of("ProfileName", "Ana"), 1, NOON);
    }
}
