package io.tidings.outbox;

import io.tidings.message.Encoding;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.message.Money;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code send()} returns: the message is stored in the current transaction and leaves after commit. It never means
 * "delivered".
 *
 * @param id the message's id until its final state
 * @param status QUEUED or SCHEDULED, or REFUSED or EXPIRED if a gate said no; for a repeated idempotency key the status
 *     that the first message has by now
 * @param segments how many segments are charged
 * @param encoding how the text is encoded
 * @param estimatedCost what it will cost by the price book, or {@code null} if that has no price for it
 * @param sendAt the earliest time it may leave, or {@code null} if it never will
 * @param reason why it is refused or put off, or {@code null}
 * @param warnings what is allowed but deserves a look, for example a number that is possible but not assigned
 */
public record Receipt(
        MessageId id,
        MessageStatus status,
        int segments,
        Encoding encoding,
        @Nullable Money estimatedCost,
        @Nullable Instant sendAt,
        @Nullable String reason,
        List<String> warnings) {

    /** Copies the warnings. */
    public Receipt {
        warnings = List.copyOf(warnings);
    }

    /** Whether a gate said no. */
    public boolean isRefused() {
        return status == MessageStatus.REFUSED || status == MessageStatus.EXPIRED;
    }
}
