package io.tidings.retry;

import io.tidings.message.Category;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a message has behind it when an attempt fails.
 *
 * @param category the message's category
 * @param made attempts made so far, with the one that just failed: its number
 * @param spent how many of the earlier attempts used up budget, without the one that just failed
 * @param now the moment of the decision
 * @param expiresAt the end of its time-to-live by the same clock, or {@code null} for none
 */
public record Tries(
        Category category,
        int made,
        int spent,
        Instant now,
        @Nullable Instant expiresAt) {

    /** Refuses counts that cannot be. */
    public Tries {
        if (made < 1) {
            throw new IllegalArgumentException("a decision follows an attempt, so at least 1 was made; got " + made);
        }
        if (spent < 0 || spent >= made) {
            throw new IllegalArgumentException("of " + made + " attempts the earlier ones can have used 0 to "
                    + (made - 1) + " of the budget, got " + spent);
        }
    }

    /** Whether a try after this wait still falls within the time-to-live. */
    boolean leaveRoomFor(Duration wait) {
        return expiresAt == null || Duration.between(now, expiresAt).compareTo(wait) > 0;
    }
}
