package io.tidings.gate;

import io.tidings.message.MessageId;
import io.tidings.message.TenantId;
import java.util.Set;

/**
 * Told about messages that raised content flags: once after {@code send()} has committed, not for previews, lost if the
 * process ends in between, and the decision is recorded in any case; of messages from people at least once, before their
 * handler. It runs on the sender's thread, so it hands long work
 * over. What it throws is logged and breaks nothing.
 */
@FunctionalInterface
public interface ContentListener {

    /** A message raised flags. */
    void flagged(Finding finding);

    /** Tells nobody. */
    static ContentListener none() {
        return finding -> {};
    }

    /**
     * What was found.
     *
     * @param message the message
     * @param tenant who owns it
     * @param flags the names of the flags
     * @param refused whether one of them refuses the message
     */
    record Finding(MessageId message, TenantId tenant, Set<String> flags, boolean refused) {
        /** Copies the names. */
        public Finding {
            flags = Set.copyOf(flags);
        }
    }
}
