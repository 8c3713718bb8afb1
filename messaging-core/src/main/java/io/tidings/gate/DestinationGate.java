package io.tidings.gate;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Lets messages go only to the countries a host has opened. Without a setting that is the home country alone, because
 * premium ranges abroad are where text fraud earns its money (Twilio: SMS pumping, geo permissions).
 */
public final class DestinationGate implements Gate {
    private final Set<String> countries;

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
        this.countries = Set.copyOf(countries);
    }

    @Override
    public String name() {
        return "destination";
    }

    @Override
    public Decision check(GateRequest request) {
        String region = request.message().to().region().orElse("unknown");
        Map<String, String> values = Map.of("country", region, "open", String.join(" ", new TreeSet<>(countries)));
        return countries.contains(region)
                ? new Decision.Pass("the destination country is open", values)
                : new Decision.Refuse("the destination country " + region + " is not open", values);
    }
}
