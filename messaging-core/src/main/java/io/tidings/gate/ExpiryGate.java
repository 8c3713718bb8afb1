package io.tidings.gate;

import io.tidings.message.MessageStatus;
import java.time.Instant;
import java.util.Map;

/** Ends messages whose time-to-live is over, so that a late code or offer is never sent. */
public final class ExpiryGate implements Gate {
    private static final Decision ENDLESS = new Decision.Pass("it has no time-to-live", Map.of());

    @Override
    public String name() {
        return "expiry";
    }

    @Override
    public Decision check(GateRequest request) {
        Instant end = request.expiresAt();
        if (end == null) {
            return ENDLESS;
        }
        Map<String, String> values = Map.of("expiresAt", end.toString());
        if (request.now().isBefore(end)) {
            return new Decision.Pass("its time-to-live is not over", values);
        }
        return new Decision.Refuse(MessageStatus.EXPIRED, "its time-to-live is over", values);
    }
}
