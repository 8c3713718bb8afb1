package io.tidings.history;

import io.tidings.message.MessageId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * Removes for good what is kept no longer. Ages go by the store's own clock. Every call joins the caller's transaction,
 * touches at most as many rows as its limit or its ids say, and takes no lock beyond those rows, so that it never blocks
 * who sends; the caller commits between calls.
 *
 * <p>Counters are not touched: what was counted stays counted. Implementations are safe for use by many threads.
 */
public interface RetentionStore {

    /**
     * Messages that left the queue and did not change for this long, oldest change first. A message in the queue is never
     * among them, however old.
     */
    List<MessageRow> ended(Duration age, int limit);

    /**
     * Deletes messages that left the queue with everything that belongs to them: attempts, what was seen of them, planned
     * questions, decisions, tags and idempotency keys. Those that are in the queue, or unknown, are left alone. Returns
     * how many were deleted. Gates no longer see them.
     */
    int delete(Collection<MessageId> messages);

    /**
     * Empties the raw parameters of status callbacks that came longer ago than this, and keeps what was merged from them
     * and what the provider charged ({@code Price}, {@code PriceUnit}). Returns how many observations were emptied.
     */
    int emptyCallbacks(Duration age, int limit);

    /** Inbound messages that are {@link InboundState#DONE} and came longer ago than this, oldest first. */
    List<InboundRow> heard(Duration age, int limit);

    /**
     * Deletes inbound messages, whatever their state, with what the provider said about them. The provider's id is kept
     * without the rest, so that none of them is taken in again. Returns how many were deleted.
     */
    int deleteInbound(Collection<MessageId> messages);
}
