package io.tidings.history;

import io.tidings.message.Failure;
import io.tidings.message.MessageStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message that has left the queue: with the provider, or ended.
 *
 * @param stored what never changes
 * @param status where it is
 * @param tries how many attempts it has had
 * @param failure why it is not delivered, or {@code null}
 * @param changedAt when the status last changed
 */
public record MessageRow(
        StoredMessage stored,
        MessageStatus status,
        TryCount tries,
        @Nullable Failure failure,
        Instant changedAt) {

    /** The same message with another status. */
    public MessageRow with(MessageStatus other, @Nullable Failure why, Instant at) {
        return new MessageRow(stored, other, tries, why, at);
    }
}
