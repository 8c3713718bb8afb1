package io.tidings.tenant;

import io.tidings.gate.Decision;
import io.tidings.gate.Gate;
import io.tidings.gate.GateRequest;
import io.tidings.gate.Stage;
import java.time.Duration;
import java.util.Map;

/**
 * Stops the messages of a suspended tenant. What comes in is refused with the reason. What waited already is held and looked
 * at again every minute, so that nothing is lost when the suspension ends; of a deleted tenant it is refused too.
 */
final class SuspensionGate implements Gate {
    private static final Duration AGAIN = Duration.ofMinutes(1);
    private static final Decision FREE = new Decision.Pass("its tenant is not suspended", Map.of());

    private final Tenants tenants;

    SuspensionGate(Tenants tenants) {
        this.tenants = tenants;
    }

    @Override
    public String name() {
        return "tenant";
    }

    @Override
    public Decision check(GateRequest request) {
        Suspension suspension = tenants.settings(request.message().tenant()).suspension();
        if (suspension == null) {
            return FREE;
        }
        Map<String, String> values = Map.of("tenant", request.message().tenant().value());
        String reason =
                (suspension.forGood() ? "its tenant was deleted: " : "its tenant is suspended: ") + suspension.reason();
        return request.stage() == Stage.SEND && !suspension.forGood()
                ? new Decision.Delay(request.now().plus(AGAIN), reason, values)
                : new Decision.Refuse(reason, values);
    }
}
