package io.tidings.outbox;

import io.tidings.message.MessageId;

/** What became of a message that was to be taken in. */
public sealed interface Enqueued {

    /** It is stored. */
    record Stored(MessageId id) implements Enqueued {}

    /**
     * Its idempotency key belongs to an earlier message; nothing was stored.
     *
     * @param id the earlier message
     * @param fingerprint the digest that was stored with it
     */
    record Existing(MessageId id, String fingerprint) implements Enqueued {}
}
