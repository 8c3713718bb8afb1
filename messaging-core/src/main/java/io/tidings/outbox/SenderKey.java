package io.tidings.outbox;

import io.tidings.history.StoredMessage;
import io.tidings.message.AccountId;
import io.tidings.message.Sender;

/**
 * What a node owns while it sends: one sender of one account.
 *
 * @param account the provider account
 * @param sender the sender
 * @param shard from 0; one shard unless a big sender is spread over nodes
 */
public record SenderKey(AccountId account, Sender sender, int shard) {

    /** The key of the queue that this message waits in. */
    public static SenderKey of(StoredMessage message) {
        return new SenderKey(message.account(), message.sender(), 0);
    }
}
