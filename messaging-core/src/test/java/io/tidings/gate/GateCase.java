package io.tidings.gate;

import io.tidings.message.MessageId;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Sender;
import java.time.Instant;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a gate is asked in a test. */
public final class GateCase {
    public static final Instant NOW = Instant.parse("2026-06-15T10:00:00Z");
    private static final MessageId ID = new MessageId(new UUID(1, 2));

    private GateCase() {}

    static GateRequest request(Stage stage, UnaryOperator<OutboundMessage.Builder> change) {
        return request(stage, "+12025550100", null, Facts.NONE, change);
    }

    static GateRequest to(Stage stage, String number) {
        return request(stage, number, null, Facts.NONE, message -> message);
    }

    static GateRequest expiring(Stage stage, @Nullable Instant end) {
        return request(stage, "+12025550100", end, Facts.NONE, message -> message);
    }

    public static GateRequest knowing(Stage stage, Facts facts) {
        return request(stage, "+12025550100", null, facts, message -> message);
    }

    public static GateRequest knowing(Stage stage, Facts facts, UnaryOperator<OutboundMessage.Builder> change) {
        return request(stage, "+12025550100", null, facts, change);
    }

    static GateRequest request(
            Stage stage,
            String number,
            @Nullable Instant end,
            Facts facts,
            UnaryOperator<OutboundMessage.Builder> change) {
        OutboundMessage.Builder message = OutboundMessage.to(new PhoneNumber(number))
                .from(new Sender.ShortCode("55512"))
                .text("Your order is ready.");
        return new GateRequest(ID, change.apply(message).build(), end, stage, NOW, facts);
    }
}
