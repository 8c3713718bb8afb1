package io.tidings.outbox;

import io.tidings.history.StoredMessage;
import io.tidings.message.AccountId;

/**
 * What a node owns while it sends: one sender of one account.
 *
 * @param account the provider account
 * @param sender the sender's address
 * @param shard from 0; one shard unless a big sender is spread over nodes
 */
public record SenderKey(AccountId account, String sender, int shard) {

    /** The key of the queue that this message waits in. */
    public static SenderKey of(StoredMessage message) {
        return new SenderKey(message.account(), message.sender().address(), 0);
    }

    /** Prints no sender, because it may be a phone number. */
    @Override
    public String toString() {
        return account + "/…" + sender.substring(Math.max(0, sender.length() - 2)) + "/" + shard;
    }
}
