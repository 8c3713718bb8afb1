package io.tidings.message;

/** An idempotency key that was used before for a message with other content. */
public final class KeyConflictException extends TidingsException {
    private static final long serialVersionUID = 1L;

    private final transient MessageId existing;

    /** For the key of the message that already has it. */
    public KeyConflictException(MessageId existing) {
        super("the idempotency key was used for message " + existing
                + " with other content; use a new key for a new text, or send the same content again");
        this.existing = existing;
    }

    /** The message that owns the key. */
    public MessageId existing() {
        return existing;
    }
}
