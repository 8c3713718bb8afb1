package io.tidings.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Repeated measurements of one thing; the median speaks for them, the quartiles and extremes show the spread. */
public final class Samples {
    private final List<Double> sorted;

    /** The given measurements, at least one. */
    public Samples(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("There is nothing to take a median of: no measurement was made.");
        }
        List<Double> copy = new ArrayList<>(values);
        Collections.sort(copy);
        this.sorted = List.copyOf(copy);
    }

    /** The middle one. */
    public double median() {
        return quantile(0.5);
    }

    /** The value below which that share of the measurements lies, interpolated. */
    public double quantile(double share) {
        double place = share * (sorted.size() - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.size() - 1);
        return sorted.get(below) + (place - below) * (sorted.get(above) - sorted.get(below));
    }

    /** How many there are. */
    public int count() {
        return sorted.size();
    }
}
