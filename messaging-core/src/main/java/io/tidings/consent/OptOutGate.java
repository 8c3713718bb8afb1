package io.tidings.consent;

import io.tidings.gate.Decision;
import io.tidings.gate.Gate;
import io.tidings.gate.GateRequest;
import java.time.Instant;
import java.util.Map;

/** Refuses messages to people who opted out. */
public final class OptOutGate implements Gate {
    private static final Decision CONSENT = new Decision.Pass("the recipient has not opted out", Map.of());

    @Override
    public String name() {
        return "opt-out";
    }

    @Override
    public Decision check(GateRequest request) {
        Instant since = request.facts().optedOutAt();
        return since == null
                ? CONSENT
                : new Decision.Refuse("the recipient opted out", Map.of("since", since.toString()));
    }
}
