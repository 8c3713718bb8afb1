package io.tidings.gate;

import java.util.Map;

/** Refuses everything: outside production a live account reaches real people. */
public final class EnvironmentGate implements Gate {
    private final Map<String, String> values;

    /** For this environment. */
    public EnvironmentGate(String environment) {
        this.values = Map.of("environment", environment);
    }

    @Override
    public String name() {
        return "environment";
    }

    @Override
    public Decision check(GateRequest request) {
        return new Decision.Refuse(
                "outside production nothing goes to real people; use the sandbox, or redirectTo(...) a number of yours",
                values);
    }
}
