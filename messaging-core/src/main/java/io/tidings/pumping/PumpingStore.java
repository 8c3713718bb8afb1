package io.tidings.pumping;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Counts of codes in windows, and what is blocked. Writing joins the caller's transaction; times are the store's own
 * clock. A database implementation locks the rows of all messages in the order of their names, so that nobody waits in a
 * circle.
 *
 * <p>Implementations are safe for use by many threads.
 */
public interface PumpingStore {

    /**
     * Counts one message in all of its counters or in none: a counter whose window is over starts again at zero; one that
     * is blocked, or for which one more {@linkplain Counter#isTooMuch is too much}, counts nothing, and is blocked for its
     * cool-down from now if it was not yet. Returns for each message, in order, the name of the counter that stopped it,
     * or an empty text.
     */
    List<String> count(List<List<Counter>> messages);

    /** Takes one message off counters whose window still runs. */
    void discount(List<Counter> counters);

    /** Somebody used a code of this counter. Nothing happens if it counts nothing at the moment. */
    void confirm(String name);

    /** Until when these are blocked; those that are not are left out. */
    Map<String, Instant> blocked(Set<String> names);
}
