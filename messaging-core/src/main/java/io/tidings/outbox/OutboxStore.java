package io.tidings.outbox;

import io.tidings.message.AccountId;
import io.tidings.message.MessageId;
import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The queue as those see it who put messages in. Writing joins the caller's transaction; what the dispatcher does with
 * the same rows is {@link WorkQueue}.
 *
 * <p>Implementations are safe for use by many threads.
 */
public interface OutboxStore {

    /**
     * Stores new messages, their decisions, their audit entries and their idempotency keys; a duplicate key never fails the transaction. The
     * answers are in the order of the messages.
     */
    List<Enqueued> enqueue(List<Incoming> messages);

    /** Puts a message that had left the queue back into it. */
    void reopen(QueueRow row);

    /** Takes a message out that no attempt has been begun for; empty if it is in the air, held, or not in the queue. */
    Optional<QueueRow> withdraw(MessageId id);

    /** The row, if the message is in the queue. */
    Optional<QueueRow> find(MessageId id);

    /** The message that owns an idempotency key. */
    Optional<MessageId> withKey(TenantId tenant, String key);

    /** Waiting messages with this tag, oldest first. */
    List<QueueRow> tagged(TenantId tenant, String name, String value);

    /** Messages to this number through this account that wait, for now or later, oldest first. */
    List<QueueRow> waitingFor(AccountId account, PhoneNumber to);

    /** How many messages are in each state. */
    QueueCounts counts();

    /** How long the message has been due that waits longest; zero if none is due. */
    Duration lag();
}
