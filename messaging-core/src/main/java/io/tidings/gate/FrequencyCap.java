package io.tidings.gate;

import io.tidings.message.Category;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The most messages of some categories that one tenant sends to one recipient within a window. Counted from what is
 * stored: what waits, is with the provider or was delivered; a message that reached nobody does not count.
 *
 * @param categories which messages count and are held to it
 * @param most how many
 * @param window within which time
 */
public record FrequencyCap(Set<Category> categories, int most, Duration window) {

    /** Checks the figures and copies the set. */
    public FrequencyCap {
        categories = Set.copyOf(categories);
        if (categories.isEmpty()) {
            throw new IllegalArgumentException("a frequency cap names at least one category");
        }
        if (most < 1) {
            throw new IllegalArgumentException(
                    "a frequency cap allows at least one message, got " + most + "; use a gate to forbid a category");
        }
        if (window.isNegative() || window.isZero()) {
            throw new IllegalArgumentException("the window of a frequency cap must be longer than zero, got " + window);
        }
    }

    /** So many marketing messages per window. */
    public static FrequencyCap marketing(int most, Duration window) {
        return new FrequencyCap(Set.of(Category.MARKETING), most, window);
    }

    /** The gate that keeps all of these, under this name. */
    public static Gate gate(String name, List<FrequencyCap> caps) {
        return new FrequencyGate(name, caps);
    }

    Needs.Recent need() {
        return new Needs.Recent(categories, most, window);
    }

    @Override
    public String toString() {
        return "FrequencyCap["
                + categories.stream().sorted().map(Category::name).collect(Collectors.joining(" ")) + ", " + most
                + " in " + window + "]";
    }
}
