package io.tidings.outbox;

import io.tidings.event.EventKind;
import java.time.Duration;
import java.util.Set;

/**
 * Sees with one statement whether anything is due on a node, so that a node with nothing to do asks for nothing else.
 *
 * <p>It may say no although nothing is due, and never says yes although something is. Safe for use by many threads.
 */
public interface Lookout {

    /** What a node keeps only by renewing it. */
    enum Renewal {
        /** Nothing this time. */
        NOTHING,
        /** That it is there: for a sixth of the lease, see {@link WorkQueue#own}. */
        PRESENCE,
        /** The senders that it owns: for the lease. */
        SENDERS,
        /** Its part of slots, as large as it is: for the lease, see {@link io.tidings.throttle.LimitStore#slots}. */
        SLOTS
    }

    /**
     * What somebody on a node wants to be told of.
     *
     * @param kinds the kinds of events that listeners hear
     * @param endpoints the names of endpoints that are told over HTTP
     */
    record Told(Set<EventKind> kinds, Set<String> endpoints) {
        /** Nobody is told of anything. */
        public static final Told NOBODY = new Told(Set.of(), Set.of());

        /** Copies both. */
        public Told {
            kinds = Set.copyOf(kinds);
            endpoints = Set.copyOf(endpoints);
        }
    }

    /**
     * For whom the lookout is kept.
     *
     * @param node the node
     * @param lease how long it owns what it does not renew
     * @param ahead what comes due within this time counts as due
     * @param others how many other nodes were present when it last called {@link WorkQueue#own}
     * @param told what it tells of
     */
    record Watch(String node, Duration lease, Duration ahead, int others, Told told) {}

    /**
     * Whether nothing is due: no message of the node's senders, none of a sender without an owner, none that a lost node
     * had begun, no look, poll, event, delivery, message from a person or recurring message, no entry to be sealed; and as
     * many other nodes are present as the watch says. If so, what is named is renewed in the same step; if that is not
     * the node's any more, the answer is no.
     */
    boolean isCalm(Watch watch, Renewal renewal);

    /** Never sure: for stores that are so near that all may be asked each time. */
    static Lookout unsure() {
        return (watch, renewal) -> false;
    }
}
