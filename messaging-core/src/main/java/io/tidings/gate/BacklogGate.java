package io.tidings.gate;

import java.util.Map;

/** Refuses new messages while too many wait, for one tenant or in all. Asked at {@code send()} only. */
public final class BacklogGate implements Gate {
    private final long perTenant;
    private final long total;

    /** The most messages that may wait for one tenant, and in all. */
    public BacklogGate(long perTenant, long total) {
        if (perTenant < 1 || total < perTenant) {
            throw new IllegalArgumentException("backlog limits must be positive and the total (" + total
                    + ") not below the tenant's (" + perTenant + ")");
        }
        this.perTenant = perTenant;
        this.total = total;
    }

    @Override
    public String name() {
        return "backlog";
    }

    @Override
    public Decision check(GateRequest request) {
        if (request.stage() == Stage.SEND) {
            return new Decision.Pass("it was taken in before", Map.of());
        }
        Facts facts = request.facts();
        Map<String, String> values = Map.of(
                "tenantBacklog", Long.toString(facts.tenantBacklog()),
                "backlog", Long.toString(facts.backlog()),
                "limits", perTenant + " " + total);
        return facts.tenantBacklog() >= perTenant || facts.backlog() >= total
                ? new Decision.Refuse("too many messages wait already", values)
                : new Decision.Pass("the backlog is below its limits", values);
    }
}
