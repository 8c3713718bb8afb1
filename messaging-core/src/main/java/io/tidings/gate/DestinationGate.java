package io.tidings.gate;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Lets messages go only to the countries a host has opened. Without a setting that is the home country alone, because
 * premium ranges abroad are where text fraud earns its money (Twilio: SMS pumping, geo permissions).
 */
public final class DestinationGate implements Gate {
    private final String open;
    /** By country: what is decided about nearly every message is made once. */
    private final Map<String, Decision> passes;

    /** Opens these ISO 3166 countries, for example {@code US}. */
    public DestinationGate(Set<String> countries) {
        if (countries.isEmpty()) {
            throw new IllegalArgumentException("open at least one destination country, for example \"US\"");
        }
        for (String country : countries) {
            if (!country.matches("[A-Z]{2}")) {
                throw new IllegalArgumentException(
                        "a destination country is two capital letters (ISO 3166), got '" + country + "'");
            }
        }
        this.open = String.join(" ", new TreeSet<>(countries));
        this.passes = countries.stream()
                .collect(Collectors.toUnmodifiableMap(
                        country -> country,
                        country -> new Decision.Pass("the destination country is open", values(country))));
    }

    @Override
    public String name() {
        return "destination";
    }

    @Override
    public Decision check(GateRequest request) {
        String region = request.message().to().region().orElse("unknown");
        Decision pass = passes.get(region);
        return pass != null
                ? pass
                : new Decision.Refuse("the destination country " + region + " is not open", values(region));
    }

    private Map<String, String> values(String country) {
        return Map.of("country", country, "open", open);
    }
}
