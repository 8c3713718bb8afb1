package io.tidings.outbox;

import io.tidings.history.MessageRow;
import io.tidings.history.StoredMessage;
import io.tidings.history.TryCount;
import io.tidings.message.Failure;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message as it stands, wherever its row is.
 *
 * @param stored what never changes
 * @param status where it is
 * @param tries how many attempts it has had
 * @param failure why the last attempt did not do it, or why it ended, or {@code null}
 * @param nextAt when the next attempt is due, or {@code null} if none is planned
 * @param changedAt when the status last changed; for a message in the queue, when it was taken in
 */
public record MessageView(
        StoredMessage stored,
        MessageStatus status,
        TryCount tries,
        @Nullable Failure failure,
        @Nullable Instant nextAt,
        Instant changedAt) {

    /** Its id. */
    public MessageId id() {
        return stored.id();
    }

    /** A message in the queue at this moment, which decides whether it waits for its time or for its turn. */
    public static MessageView of(QueueRow row, Instant now) {
        MessageStatus status = switch (row.state()) {
            case QUEUED ->
                row.tries().attempts() == 0 && row.notBefore().isAfter(now)
                        ? MessageStatus.SCHEDULED
                        : MessageStatus.QUEUED;
            case SENDING -> MessageStatus.SENDING;
            case UNCERTAIN -> MessageStatus.UNCERTAIN;
        };
        Instant next = row.state() == QueueRow.State.QUEUED ? row.notBefore() : null;
        return new MessageView(
                row.stored(),
                status,
                row.tries(),
                row.lastFailure(),
                next,
                row.stored().acceptedAt());
    }

    /** A message that left the queue. */
    public static MessageView of(MessageRow row) {
        return new MessageView(row.stored(), row.status(), row.tries(), row.failure(), null, row.changedAt());
    }
}
