package io.tidings.message;

/** Where a message is: a pure function of its attempts and its queue row. */
public enum MessageStatus {
    /** Stored, not due yet. */
    SCHEDULED(false),
    /** Waits for its turn, also between two attempts. */
    QUEUED(false),
    /** An attempt is committed and in the air. */
    SENDING(false),
    /** An attempt may have reached the provider; held until evidence or policy decides. */
    UNCERTAIN(false),
    /** The provider has it. */
    ACCEPTED(false),
    /** The carrier has it. Final where no delivery receipt ever comes. */
    SENT(false),
    /** The handset has it. */
    DELIVERED(true),
    /** The recipient opened it. */
    READ(true),
    /** The carrier or handset refused it, and it will not be tried again. */
    UNDELIVERED(true),
    /** Cannot be delivered: the recipient, the content or the provider rules it out. */
    FAILED(true),
    /** A gate said no, at {@code send()} or just before the wire. */
    REFUSED(true),
    /** Its time-to-live ended before it could be sent. */
    EXPIRED(true),
    /** Cancelled before an attempt began, or at the provider. */
    CANCELED(true),
    /** An operator can act: configuration, attempts used up, quarantine, outcome unknown at the horizon. */
    DEAD(true);

    private final boolean terminal;

    MessageStatus(boolean terminal) {
        this.terminal = terminal;
    }

    /** Whether Tidings does nothing more by itself. Replay and late evidence may leave {@link #DEAD}. */
    public boolean isTerminal() {
        return terminal;
    }
}
