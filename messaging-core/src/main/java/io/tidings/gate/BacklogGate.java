package io.tidings.gate;

import java.util.Map;

/** Refuses new messages while too many wait, for one tenant or in all. Asked at {@code send()} only. */
public final class BacklogGate implements Gate {
    private static final Decision TAKEN_IN = new Decision.Pass("it was taken in before", Map.of());

    private final long perTenant;
    private final long total;
    private final String limits;

    /** The most messages that may wait for one tenant, and in all. */
    public BacklogGate(long perTenant, long total) {
        if (perTenant < 1 || total < perTenant) {
            throw new IllegalArgumentException("backlog limits must be positive and the total (" + total
                    + ") not below the tenant's (" + perTenant + ")");
        }
        this.perTenant = perTenant;
        this.total = total;
        this.limits = perTenant + " " + total;
    }

    @Override
    public String name() {
        return "backlog";
    }

    @Override
    public Decision check(GateRequest request) {
        if (request.stage() == Stage.SEND) {
            return TAKEN_IN;
        }
        Facts facts = request.facts();
        Map<String, String> values = Map.of(
                "tenantBacklog", Long.toString(facts.tenantBacklog()),
                "backlog", Long.toString(facts.backlog()),
                "limits", limits);
        return facts.tenantBacklog() >= perTenant || facts.backlog() >= total
                ? new Decision.Refuse("too many messages wait already", values)
                : new Decision.Pass("the backlog is below its limits", values);
    }
}
