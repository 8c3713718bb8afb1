package io.tidings.gate;

import java.util.Map;

/**
 * Refuses numbers that are possible but belong to no assigned range. A live provider would bill the attempt and often the
 * failure; against a sandbox such numbers pass, with a warning in the receipt.
 */
public final class ValidNumberGate implements Gate {

    @Override
    public String name() {
        return "valid-number";
    }

    @Override
    public Decision check(GateRequest request) {
        return request.message().to().isValid()
                ? new Decision.Pass("the number belongs to an assigned range", Map.of())
                : new Decision.Refuse("the number belongs to no assigned range", Map.of());
    }
}
