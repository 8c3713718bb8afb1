package io.tidings.outbox;

import java.util.Set;

/**
 * What a node owns now.
 *
 * @param senders everything it owns
 * @param surplus how many of them exceed its fair share: it should stop beginning attempts for that many senders, let
 *     their requests end, and give them back with {@link WorkQueue#disown(String, Set)}. Which ones is its own choice
 */
public record Ownership(Set<OwnedSender> senders, int surplus) {
    /** Copies the senders. */
    public Ownership {
        senders = Set.copyOf(senders);
        if (surplus < 0 || surplus > senders.size()) {
            throw new IllegalArgumentException("a surplus is a part of the senders, got " + surplus);
        }
    }
}
