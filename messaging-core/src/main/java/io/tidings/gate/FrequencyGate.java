package io.tidings.gate;

import io.tidings.message.OutboundMessage;
import io.tidings.message.PlainDuration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Refuses what would be one message too many for its recipient. */
final class FrequencyGate implements Gate {
    private static final Decision UNCAPPED = new Decision.Pass("no frequency cap holds for its category", Map.of());

    private final String name;
    private final List<FrequencyCap> caps;

    FrequencyGate(String name, List<FrequencyCap> caps) {
        this.name = name;
        this.caps = List.copyOf(caps);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Needs needs(OutboundMessage message, Instant now) {
        Set<Needs.Recent> recent = new HashSet<>();
        for (FrequencyCap cap : caps) {
            if (cap.categories().contains(message.category())) {
                recent.add(cap.need());
            }
        }
        return recent.isEmpty() ? Needs.NONE : new Needs(recent, Set.of(), Set.of());
    }

    @Override
    public Decision check(GateRequest request) {
        Decision decision = UNCAPPED;
        for (FrequencyCap cap : caps) {
            if (cap.categories().contains(request.message().category())) {
                Instant nth = request.facts().known().recent().get(cap.need());
                String limit = cap.most() + " in " + PlainDuration.of(cap.window());
                if (nth != null && nth.plus(cap.window()).isAfter(request.now())) {
                    return new Decision.Refuse(
                            "the recipient got as many messages as the frequency cap allows",
                            Map.of("cap", limit, "since", nth.toString()));
                }
                decision = new Decision.Pass("the recipient's frequency cap has room", Map.of("cap", limit));
            }
        }
        return decision;
    }
}
