package io.tidings.outbox;

import java.util.Set;

/**
 * What a node owns now.
 *
 * @param senders everything it owns
 * @param surplus how many of them exceed its fair share: it should stop beginning attempts for that many senders, let
 *     their requests end, and give them back with {@link WorkQueue#disown(String, Set)}. Which ones is its own choice
 * @param others how many other nodes are present
 * @param newcomers how many of those have not been present long enough to count in the share
 */
public record Ownership(Set<OwnedSender> senders, int surplus, int others, int newcomers) {
    /** Copies the senders. */
    public Ownership {
        senders = Set.copyOf(senders);
        if (surplus < 0 || surplus > senders.size()) {
            throw new IllegalArgumentException("a surplus is a part of the senders, got " + surplus);
        }
        if (newcomers < 0 || newcomers > others) {
            throw new IllegalArgumentException("newcomers are a part of the others, got " + newcomers);
        }
    }
}
