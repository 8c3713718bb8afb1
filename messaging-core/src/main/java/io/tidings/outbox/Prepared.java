package io.tidings.outbox;

import io.tidings.history.StoredMessage;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.message.Money;
import io.tidings.message.Segments;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message that is ready to be stored.
 *
 * @param stored what never changes
 * @param notBefore the earliest time it may leave
 * @param segments how its text is encoded and cut
 * @param cost what it will cost, or {@code null} if unknown
 * @param fingerprint a digest of what the caller asked for
 * @param warnings for the receipt
 */
record Prepared(
        StoredMessage stored,
        Instant notBefore,
        Segments segments,
        @Nullable Money cost,
        String fingerprint,
        List<String> warnings) {

    Receipt receipt(MessageId id, MessageStatus status, @Nullable Instant sendAt, @Nullable String reason) {
        return new Receipt(id, status, stored.segments(), segments.encoding(), cost, sendAt, reason, warnings);
    }
}
