package io.tidings.event;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Events that wait to be told. Writing joins the caller's transaction. A claim is a lease: whoever claimed last may finish
 * a row, everybody else is told that the row is not theirs any more.
 *
 * <p>Implementations are safe for use by many threads.
 */
public interface EventStore {

    /** Adds events, in this order, due at once. */
    void append(List<Happening> events);

    /**
     * Claims events of these kinds that are due and not claimed, oldest first, and counts the claim. Of events with one
     * subject only the first is given, while it waits: those behind it wait for it. What was set aside holds nobody back.
     */
    List<EventRow> claim(Set<EventKind> kinds, int limit, Duration lease);

    /** Removes a row whose claim still holds. Returns false, and changes nothing, if it is not the caller's any more. */
    boolean finish(EventRow claimed);

    /** Gives a claimed row back, due after this wait. Returns false if it is not the caller's any more. */
    boolean postpone(EventRow claimed, Duration wait);

    /** Sets a claimed row aside until {@link #retryAll}. Returns false if it is not the caller's any more. */
    boolean setAside(EventRow claimed);

    /** Lets all events that were set aside begin anew, and returns how many those were. */
    int retryAll();

    /** How many events wait, and how many were set aside. */
    EventCounts counts();

    /** Removes all events about these subjects, for example of an erased person, and returns how many. */
    int forget(Collection<String> subjects);
}
