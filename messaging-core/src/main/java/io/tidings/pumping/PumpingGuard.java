package io.tidings.pumping;

import io.tidings.gate.Decision;
import io.tidings.gate.GateRequest;
import io.tidings.gate.Needs;
import io.tidings.gate.ReservingGate;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PlainDuration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Refuses codes to ranges that get too many of them: at {@code send()} where the range is blocked, and before the wire
 * where this code is one too many. A message counts once, however many attempts it takes.
 */
final class PumpingGuard implements ReservingGate {
    private static final Decision NO_CODE = new Decision.Pass("its category is not watched for pumping", Map.of());
    private static final Decision COUNTED = new Decision.Pass("it was counted before its first attempt", Map.of());

    private final PumpingLimits limits;
    private final PumpingStore store;
    private final Decision normal;

    PumpingGuard(PumpingLimits limits, PumpingStore store) {
        this.limits = limits;
        this.store = store;
        this.normal = new Decision.Pass("its range gets a normal number of codes", values(limits));
    }

    private static Map<String, String> values(PumpingLimits limits) {
        return Map.of(
                "perRange",
                Integer.toString(limits.perRange()),
                "perTenant",
                Integer.toString(limits.perTenant()),
                "window",
                PlainDuration.of(limits.window()),
                "leastVerified",
                limits.leastVerified() + " %");
    }

    @Override
    public String name() {
        return "pumping";
    }

    private boolean isWatched(OutboundMessage message) {
        return limits.categories().contains(message.category());
    }

    @Override
    public Needs needs(OutboundMessage message, Instant now) {
        return isWatched(message)
                ? new Needs(
                        Set.of(),
                        Set.of(),
                        Set.of(Counter.range(message.tenant(), message.to()), Counter.tenant(message.tenant())))
                : Needs.NONE;
    }

    @Override
    public Decision check(GateRequest request) {
        OutboundMessage message = request.message();
        if (!isWatched(message)) {
            return NO_CODE;
        }
        Map<String, Instant> blocked = request.facts().known().blocked();
        Instant range = blocked.get(Counter.range(message.tenant(), message.to()));
        Instant tenant = blocked.get(Counter.tenant(message.tenant()));
        if (range == null && tenant == null) {
            return normal;
        }
        return range != null
                ? new Decision.Refuse(
                        "codes to its range of numbers are blocked after too many", Map.of("until", range.toString()))
                : new Decision.Refuse(
                        "the tenant's codes are blocked after too many", Map.of("until", String.valueOf(tenant)));
    }

    @Override
    public List<Decision> take(List<Claim> claims, Instant now) {
        List<Claim> fresh = claims.stream().filter(this::isCounted).toList();
        List<String> stopped = fresh.isEmpty()
                ? List.of()
                : store.count(
                        fresh.stream().map(claim -> counters(claim.message())).toList());
        List<Decision> decisions = new ArrayList<>(claims.size());
        int next = 0;
        for (Claim claim : claims) {
            if (isCounted(claim)) {
                decisions.add(counted(stopped.get(next++)));
            } else {
                decisions.add(isWatched(claim.message()) ? COUNTED : NO_CODE);
            }
        }
        return decisions;
    }

    private boolean isCounted(Claim claim) {
        return isWatched(claim.message()) && claim.attempt().number() == 1;
    }

    private Decision counted(String stoppedBy) {
        return stoppedBy.isEmpty()
                ? normal
                : new Decision.Refuse(
                        stoppedBy.startsWith("range")
                                ? "its range of numbers got too many codes and is blocked"
                                : "the tenant sent too many codes and is blocked",
                        values(limits));
    }

    /** The range first: a tenant is not blocked for what a single range gets. */
    private List<Counter> counters(OutboundMessage message) {
        return List.of(
                new Counter(
                        Counter.range(message.tenant(), message.to()),
                        limits.perRange(),
                        limits.window(),
                        limits.coolDown(),
                        limits.sample(),
                        limits.leastVerified()),
                new Counter(
                        Counter.tenant(message.tenant()),
                        limits.perTenant(),
                        limits.window(),
                        limits.coolDown(),
                        1,
                        0));
    }

    @Override
    public void giveBack(Claim claim) {
        if (isCounted(claim)) {
            store.discount(counters(claim.message()));
        }
    }
}
