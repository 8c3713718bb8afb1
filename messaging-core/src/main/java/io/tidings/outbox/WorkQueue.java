package io.tidings.outbox;

import io.tidings.message.AccountId;
import io.tidings.message.AttemptId;
import io.tidings.message.PhoneNumber;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The queue as the dispatcher sees it. A sender is owned by at most one node at a time; only its owner begins attempts.
 * Times are the store's own clock. Writing joins the caller's transaction.
 *
 * <p>Implementations are safe for use by many threads.
 */
public interface WorkQueue {

    /**
     * Extends what the node owns and takes senders that have messages and no owner, as long as it owns less than its fair
     * share. Returns everything it owns now, until {@code lease} from now, each with the time that nobody had owned it
     * before, and how many of them exceed the share. Nothing is taken from a node inside its lease. A store may forget an
     * owner one day after the end of its lease.
     *
     * <p>The share: all senders that have messages or an owner, divided by the number of nodes and rounded up, so that the
     * shares cover all. Counted are this node, and others that are present and have been so for a sixth of the lease. A
     * node is present from its first call until it has not called for a sixth of its lease, or is disowned: a dead node
     * is away long before its leases end, so whoever comes first then may take them, and one that dies again and again
     * just after its start takes no sender from a healthy one.
     */
    Ownership own(String node, Duration lease);

    /** Gives all senders of the node back; the node is away. */
    void disown(String node);

    /** Gives those of these senders back that the node owns. */
    void disown(String node, Set<SenderKey> senders);

    /**
     * Messages of one sender that are due, at most {@code limit}: the upper lanes first, within a lane in fair turns
     * between tenants, oldest first within each, without those to skip. Of messages with one order key only the first in
     * the queue is ever due.
     */
    List<QueueRow> due(SenderKey sender, int limit, Skip skip);

    /**
     * Commits the intent to send: those of the given rows that still are as {@link #due} read them, waiting with as many
     * attempts and due at the same time, and whose sender the node still owns, become SENDING with one more attempt. Returns
     * their new rows, in the given order; the others are left out. What a message says is not read again: it never changes.
     */
    List<QueueRow> begin(String node, List<QueueRow> rows);

    /** Of these attempts those that this node has begun and nobody has settled. */
    Set<AttemptId> begunBy(String node, Collection<AttemptId> attempts);

    /** Applies a change to a row if it still is as expected, and tells whether it was. */
    boolean settle(Settled settled);

    /**
     * Messages to this number whose newest attempt is SENDING or UNCERTAIN, through this account: one of those that look
     * alike may own what the provider lists.
     */
    List<QueueRow> unresolved(AccountId account, PhoneNumber to);

    /** Holds messages whose attempt was begun by a node that lost its sender. Returns their new rows. */
    List<QueueRow> recover(int limit);

    /** How long until the next waiting message of these senders is due, if one is not due yet. */
    Optional<Duration> nextDue(Set<SenderKey> senders);
}
