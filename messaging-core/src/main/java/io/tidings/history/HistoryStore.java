package io.tidings.history;

import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rows of messages that left the queue. Writing joins the caller's transaction; see {@link AttemptStore} and
 * {@link DecisionStore} for what belongs to a message.
 *
 * <p>Implementations are safe for use by many threads.
 */
public interface HistoryStore {

    /**
     * Inserts the row, or replaces the one with the same id. Returns what it replaced, read under the lock that the write
     * takes: counters go by it.
     */
    Optional<MessageRow> save(MessageRow row);

    /** Removes the row of a message that goes back into the queue, and returns it; empty if there was none. */
    Optional<MessageRow> remove(MessageId id);

    /** The row, if the message has left the queue. */
    Optional<MessageRow> find(MessageId id);

    /** Messages with this status, oldest change first, at most {@code limit}. */
    List<MessageRow> withStatus(MessageStatus status, int limit);

    /** How many messages have each status. Kept as counters, not counted. */
    Map<MessageStatus, Long> counts();
}
