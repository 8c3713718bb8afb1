package io.tidings.gate;

import java.time.Instant;
import java.util.Map;

/**
 * The answers to {@link Needs}. What is not there is not known to the stores: nothing recent, nothing used, not blocked.
 *
 * @param recent when the n-th newest message was taken in
 * @param used spent and reserved together, by the name of the budget line, in its unit
 * @param blocked until when, by the name of the range
 */
public record Known(Map<Needs.Recent, Instant> recent, Map<String, Long> used, Map<String, Instant> blocked) {
    /** Nothing. */
    public static final Known NOTHING = new Known(Map.of(), Map.of(), Map.of());

    /** Copies the maps. */
    public Known {
        recent = Map.copyOf(recent);
        used = Map.copyOf(used);
        blocked = Map.copyOf(blocked);
    }

    /** Prints no names: those of number ranges hold most of a number. */
    @Override
    public String toString() {
        return "Known[recent=" + recent + ", used=" + used.values() + ", blocked=" + blocked.values() + "]";
    }
}
