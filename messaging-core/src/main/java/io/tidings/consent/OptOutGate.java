package io.tidings.consent;

import io.tidings.consent.ConsentAnswer.Rule;
import io.tidings.gate.ConsentState;
import io.tidings.gate.Decision;
import io.tidings.gate.Gate;
import io.tidings.gate.GateRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Refuses messages to people who opted out, or who have not opted in where that is required. The one message that passes
 * in spite of an opt-out is the answer to a STOP or HELP: linked to its entry of the ledger, once, within five minutes.
 */
public final class OptOutGate implements Gate {
    private static final Decision CONSENT = new Decision.Pass(Rule.NO_OPT_OUT.reason(), Map.of());

    private final ConsentPolicy policy;

    /** By the default policy. */
    public OptOutGate() {
        this(ConsentPolicy.defaults());
    }

    /** By this policy. */
    public OptOutGate(ConsentPolicy policy) {
        this.policy = policy;
    }

    @Override
    public String name() {
        return "opt-out";
    }

    @Override
    public Decision check(GateRequest request) {
        ConsentState state = request.facts().consent();
        Rule rule = policy.judge(state, request.message(), request.now());
        return switch (rule) {
            case NO_OPT_OUT -> CONSENT;
            case OPTED_IN -> new Decision.Pass(rule.reason(), values(state.optIn()));
            case ANSWERS_THE_PERSON, ASKS_FOR_OPT_IN -> new Decision.Pass(rule.reason(), values(state.answered()));
            case OPTED_OUT, BLOCKED_BY_PROVIDER -> new Decision.Refuse(rule.reason(), values(state.optOut()));
            case NO_OPT_IN ->
                new Decision.Refuse(
                        rule.reason(),
                        Map.of("category", request.message().category().name()));
        };
    }

    private static Map<String, String> values(ConsentState.@Nullable Said said) {
        return said == null
                ? Map.of()
                : Map.of(
                        "entry", said.what(),
                        "since", said.at().toString(),
                        "source", said.source(),
                        "covers", said.about());
    }
}
