package io.tidings.event;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;

/**
 * What is written about an event. Messages are named by their ids and looked up when the event is told, so that what was
 * erased meanwhile is told to nobody.
 *
 * @param kind which event
 * @param at when it happened
 * @param subject what it is about: events with one subject are told in their order; at most 120 characters
 * @param facts what cannot be looked up
 */
public record Happening(EventKind kind, Instant at, String subject, Map<String, String> facts) {
    private static final int LONGEST_SUBJECT = 120;

    /** Copies the facts and checks the subject. */
    public Happening {
        requireNonNull(kind, "kind");
        requireNonNull(at, "at");
        facts = Map.copyOf(facts);
        if (subject.isEmpty() || subject.length() > LONGEST_SUBJECT) {
            throw new IllegalArgumentException("a subject has 1 to " + LONGEST_SUBJECT + " characters");
        }
    }

    /** Without subject and facts, which may name a person. */
    @Override
    public String toString() {
        return "Happening[" + kind + ", at " + at + "]";
    }
}
