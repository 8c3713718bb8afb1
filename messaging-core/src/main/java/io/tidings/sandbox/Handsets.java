package io.tidings.sandbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The handsets' outcomes: those set for a number first, the profile for all others. Guarded by the network's lock. */
final class Handsets {
    private final HandsetProfile profile;
    private final Map<String, Deque<HandsetOutcome>> explicit = new HashMap<>();
    private final Map<String, Integer> messages = new HashMap<>();

    Handsets(HandsetProfile profile) {
        this.profile = profile;
    }

    void set(String number, List<HandsetOutcome> outcomes) {
        explicit.put(number, new ArrayDeque<>(outcomes));
    }

    /** Looks at the next outcome without using it up: only a refusal at creation acts so early. */
    HandsetOutcome peek(String address) {
        String number = Numbers.plain(address);
        Deque<HandsetOutcome> own = explicit.get(number);
        return own == null ? profile.outcome(number, messages.getOrDefault(number, 0) + 1) : own.getFirst();
    }

    HandsetOutcome next(String address) {
        String number = Numbers.plain(address);
        HandsetOutcome outcome = peek(number);
        Deque<HandsetOutcome> own = explicit.get(number);
        if (own == null) {
            messages.merge(number, 1, Integer::sum);
        } else if (own.size() > 1) {
            own.removeFirst();
        }
        return outcome;
    }
}
