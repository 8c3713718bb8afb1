package io.tidings.gate;

import io.tidings.message.Category;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * What gates want to know about a message beyond what is read for every one. Asked for together, so that a store answers
 * all of it with the one query of {@link FactSource}.
 *
 * @param recent how dense the earlier messages to the recipient are
 * @param used how much of these budgets is spent and reserved, by the names of their lines
 * @param blocked until when these number ranges are blocked, by their names
 */
public record Needs(Set<Recent> recent, Set<String> used, Set<String> blocked) {
    /** Nothing more. */
    public static final Needs NONE = new Needs(Set.of(), Set.of(), Set.of());

    /** Copies the sets. */
    public Needs {
        recent = Set.copyOf(recent);
        used = Set.copyOf(used);
        blocked = Set.copyOf(blocked);
    }

    /**
     * When the n-th newest earlier message of these categories from the same tenant to the same number was taken in, if
     * that lies within the window. Messages that reached nobody do not count.
     *
     * @param categories which messages count
     * @param nth 1 for the newest
     * @param window how far back, longer than zero
     */
    public record Recent(Set<Category> categories, int nth, Duration window) {
        /** Checks the figures and copies the set. */
        public Recent {
            categories = Set.copyOf(categories);
            if (nth < 1) {
                throw new IllegalArgumentException("messages are counted from 1, got " + nth);
            }
            if (window.isNegative() || window.isZero()) {
                throw new IllegalArgumentException("a window to count in must be longer than zero, got " + window);
            }
        }
    }

    /** Whether nothing more is asked. */
    public boolean isNone() {
        return recent.isEmpty() && used.isEmpty() && blocked.isEmpty();
    }

    /** These and those. */
    public Needs and(Needs more) {
        if (more.isNone()) {
            return this;
        }
        return isNone()
                ? more
                : new Needs(union(recent, more.recent), union(used, more.used), union(blocked, more.blocked));
    }

    private static <T> Set<T> union(Set<T> one, Set<T> other) {
        Set<T> both = new HashSet<>(one);
        both.addAll(other);
        return both;
    }

    /** Prints no names: those of number ranges hold most of a number. */
    @Override
    public String toString() {
        return "Needs[recent=" + recent + ", used=" + used.size() + ", blocked=" + blocked.size() + "]";
    }
}
