package io.tidings.message;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what the numbering plans say of the numbers asked about last: the gates ask about each message several times,
 * and each look into the plans costs as much as a whole gate otherwise.
 *
 * <p>Holds a fixed number of entries, each replaced by the next number that falls into its place. Safe for use by many
 * threads; a lost race only looks up again.
 */
final class NumberMemo {
    private static final int PLACES = 1 << 13;

    private final AtomicReferenceArray<@Nullable Known> places = new AtomicReferenceArray<>(PLACES);

    /** What the plans say of one number. Prints nothing of it. */
    record Known(String e164, boolean valid, Optional<String> region) {
        @Override
        public String toString() {
            return "Known[valid=" + valid + ", region=" + region + "]";
        }
    }

    Known of(String e164) {
        int mixed = e164.hashCode() * 0x9E3779B9;
        int place = (mixed >>> 16) & (PLACES - 1);
        Known known = places.get(place);
        if (known == null || !known.e164().equals(e164)) {
            known = NumberPlan.lookUp(e164);
            places.set(place, known);
        }
        return known;
    }
}
