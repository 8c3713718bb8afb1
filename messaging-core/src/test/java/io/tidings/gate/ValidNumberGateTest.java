package io.tidings.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.message.MessageId;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ValidNumberGateTest {
    private static Decision check(String number) {
        OutboundMessage message =
                OutboundMessage.to(new PhoneNumber(number)).text("Hello").build();
        return new ValidNumberGate()
                .check(new GateRequest(
                        new MessageId(new UUID(1, 2)), message, null, Stage.ACCEPT, Instant.EPOCH, Facts.NONE));
    }

    @Test
    void an_assigned_range_passes() {
        assertThat(check("+12025550143")).isInstanceOf(Decision.Pass.class);
    }

    @Test
    void an_unassigned_range_is_refused_without_naming_the_number() {
        Decision decision = check("+12001234567");

        assertThat(decision).isInstanceOf(Decision.Refuse.class);
        assertThat(decision.toString()).doesNotContain("1234567");
    }
}
