package io.tidings.gate;

import static io.tidings.gate.GateCase.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.message.Channel;
import io.tidings.message.Content;
import io.tidings.message.MessageBody;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SessionWindowGateTest {
    private static final Duration OPEN = Duration.ofHours(24).minusMinutes(2);
    private static final Content FREE = new Content.Text(new MessageBody("Shall we call you?"));
    private static final Content APPROVED =
            new Content.Approved("HX" + "0".repeat(32), Map.of("1", "Ann"), new MessageBody("Hello Ann."));

    private final SessionWindowGate gate = new SessionWindowGate();

    private Decision check(Channel channel, Content content, @Nullable Instant lastInbound) {
        Facts facts = new Facts(ConsentState.SILENT, null, 0, 0, Known.NOTHING, lastInbound);
        return gate.check(GateCase.knowing(
                Stage.SEND, facts, message -> message.channel(channel).content(content)));
    }

    private Content carried(Content content, Decision decision) {
        return SessionWindowGate.carried(content, List.of(new GateRecord(gate.name(), Stage.SEND, decision, NOW)));
    }

    @Test
    void other_channels_have_no_window() {
        assertThat(check(Channel.SMS, FREE, null).reason()).contains("WhatsApp alone");
    }

    @Test
    void free_text_goes_until_two_minutes_before_the_window_closes_and_not_a_moment_longer() {
        Decision open = check(Channel.WHATSAPP, FREE, NOW.minus(OPEN).plusNanos(1));
        Decision closed = check(Channel.WHATSAPP, FREE, NOW.minus(OPEN));

        assertThat(open).isInstanceOf(Decision.Pass.class);
        assertThat(open.values()).containsKeys("lastInbound", "windowEnds").containsEntry("carriedAs", "free text");
        assertThat(closed).isInstanceOf(Decision.Refuse.class);
        assertThat(closed.values()).containsEntry("lastInbound", NOW.minus(OPEN).toString());
        assertThat(check(Channel.WHATSAPP, FREE, null).values()).containsEntry("lastInbound", "never");
    }

    @Test
    void an_approved_template_goes_at_any_time_and_as_plain_text_while_that_is_free() {
        Decision open = check(Channel.WHATSAPP, APPROVED, NOW);
        Decision closed = check(Channel.WHATSAPP, APPROVED, null);

        assertThat(closed).isInstanceOf(Decision.Pass.class);
        assertThat(closed.values())
                .containsEntry("carriedAs", "template")
                .containsEntry("contentSid", "HX" + "0".repeat(32));
        assertThat(carried(APPROVED, open)).isEqualTo(new Content.Text(new MessageBody("Hello Ann.")));
        assertThat(carried(APPROVED, closed)).isSameAs(APPROVED);
        assertThat(carried(FREE, open)).isSameAs(FREE);
    }

    @Test
    void a_template_without_a_text_of_its_own_and_the_decision_of_another_gate_change_nothing() {
        Decision open = check(Channel.WHATSAPP, APPROVED, NOW);
        Content blank = new Content.Approved("HX" + "0".repeat(32), Map.of(), new MessageBody(""));

        assertThat(carried(blank, open)).isSameAs(blank);
        assertThat(SessionWindowGate.carried(APPROVED, List.of(new GateRecord("another", Stage.SEND, open, NOW))))
                .isSameAs(APPROVED);
        assertThat(SessionWindowGate.carried(APPROVED, List.of())).isSameAs(APPROVED);
    }
}
