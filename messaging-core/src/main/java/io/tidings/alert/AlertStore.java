package io.tidings.alert;

import java.time.Duration;
import java.util.Optional;

/**
 * Which alerts stand, and which node watches each. One node watches an alert at a time, by a lease on the store's clock, and
 * it alone may change whether it stands: so nodes that see the same cause tell it once, and what one of them told another
 * knows, also after a restart. An alert has a name of 40 characters at most. Calls join the caller's transaction. Safe for use
 * by many threads.
 */
public interface AlertStore {

    /**
     * Takes the watch over an alert if nobody has it, or keeps it if this node has it.
     *
     * @param alert its name
     * @param node who asks
     * @param lease how long the watch lasts from now on, unless it is kept
     * @return whether the alert stands, or empty if another node has the watch
     */
    Optional<Boolean> watch(String alert, String node, Duration lease);

    /**
     * Lets an alert stand, or no longer, if the node still has the watch over it. Doing so twice changes nothing.
     *
     * @param alert its name
     * @param node who has told it
     * @param stands whether it stands from now on
     * @return whether the node has the watch; otherwise nothing was changed
     */
    boolean mark(String alert, String node, boolean stands);

    /** Gives back at once whatever this node watches. Alerts stand on. */
    void leave(String node);
}
