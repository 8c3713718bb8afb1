package io.tidings.outbox;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A sender that a node owns, and how long it had rested when the node took it. Stays the same while the node goes on
 * owning it.
 *
 * @param sender the sender
 * @param rested the time from the end of the last ownership, by lease or by being given back, to the moment the node
 *     took it; {@code null} if the store knows of no owner before
 */
public record OwnedSender(SenderKey sender, @Nullable Duration rested) {

    /** Whether provably nobody owned it for that long before, so that whatever was spent then has come back. */
    public boolean hasRested(Duration time) {
        return rested == null || rested.compareTo(time) >= 0;
    }
}
