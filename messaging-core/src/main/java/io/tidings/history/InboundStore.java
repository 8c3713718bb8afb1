package io.tidings.history;

import io.tidings.message.AccountId;
import io.tidings.message.Conversation;
import io.tidings.message.InboundMessage;
import io.tidings.message.MessageId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Messages from people, from their webhook until their handler has succeeded. Writing joins the caller's transaction;
 * leases and pauses go by the store's own clock.
 *
 * <p>Implementations are safe for use by many threads and nodes.
 */
public interface InboundStore {

    /**
     * Stores a message as {@link InboundState#RECEIVED} unless its account has one with the same provider id, and tells
     * whether it is new. A duplicate never fails the transaction and changes nothing.
     *
     * @param raw everything the provider said, as it came; empty for a message found by listing
     */
    boolean append(InboundMessage message, Map<String, String> raw);

    /**
     * Claims messages in this state that are due and that nobody holds, oldest first by the provider's date, at most one
     * of each conversation, and none behind an older one of its conversation: for RECEIVED an older one that somebody
     * holds, for CHECKED any older one that is RECEIVED or CHECKED.
     */
    List<InboundRow> claim(InboundState state, int limit, Duration lease);

    /** Claims one {@link InboundState#CHECKED} message, due or not; empty if it is in another state or held. */
    Optional<InboundRow> claim(MessageId id, Duration lease);

    /**
     * Takes a step and ends the claim. Returns false, without a change, if the row has not the state and the claims that
     * were seen. A new state starts with no claims.
     */
    boolean move(InboundRow seen, InboundMove move);

    /** The row, if there is one. */
    Optional<InboundRow> find(MessageId id);

    /** What the provider said about a message, as it came. */
    Map<String, String> raw(MessageId id);

    /** Messages in this state, oldest first, at most {@code limit}. */
    List<InboundRow> inState(InboundState state, int limit);

    /** How many messages of a conversation were answered within this time until now. */
    int replies(Conversation conversation, Duration within);

    /** Until when everything that people sent through an account is known to be here; empty before the first mark. */
    Optional<Instant> completeUntil(AccountId account);

    /** Moves that mark, never back. */
    void markComplete(AccountId account, Instant until);
}
