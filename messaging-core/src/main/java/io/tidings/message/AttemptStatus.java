package io.tidings.message;

/**
 * What is known of an attempt. The declaration order is the total order by which facts are merged: the greatest known
 * fact is the status, so any order and any repetition of answers, callbacks and polls gives the same result.
 */
public enum AttemptStatus {
    /** The intent is committed; nothing is known of the request yet. */
    SENDING_TO_PROVIDER(false),
    /** Provably nothing left this machine. */
    UNSENT(false),
    /** The provider answered 429: not processed. */
    THROTTLED(false),
    /** The request may have been processed; nobody knows. */
    UNCERTAIN(false),
    /** The provider refused the request. */
    REJECTED(true),
    /** The provider has it and has not chosen a sender yet, or will send it later. */
    ACCEPTED(false),
    /** Waits in the provider's queue. */
    QUEUED(false),
    /** Is being handed to the carrier. */
    SENDING(false),
    /** The carrier has it. Final in practice where no delivery receipts exist. */
    SENT(false),
    /** Cancelled at the provider before it was sent. */
    CANCELED(true),
    /** The provider did not hand it over. */
    FAILED(true),
    /** The carrier or the handset refused it. */
    UNDELIVERED(true),
    /** The handset has it. */
    DELIVERED(true),
    /** The recipient opened it. */
    READ(true);

    private final boolean terminal;

    AttemptStatus(boolean terminal) {
        this.terminal = terminal;
    }

    /** Whether nothing greater is expected; {@link #DELIVERED} may still become {@link #READ}. */
    public boolean isTerminal() {
        return terminal;
    }

    /** Whether this is known from the provider, so that the provider has or had the message. */
    public boolean isProviderFact() {
        return compareTo(ACCEPTED) >= 0;
    }

    /** Whether the provider provably did not process it, so that it cost nothing and reached nobody. */
    public boolean isUnprocessed() {
        return this == UNSENT || this == THROTTLED || this == REJECTED;
    }

    /** The greater of the two. Commutative, associative, idempotent. */
    public AttemptStatus merge(AttemptStatus other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** Whether the two cannot both be true: different terminal facts, except delivered and then read. */
    public boolean contradicts(AttemptStatus other) {
        boolean both = terminal && other.terminal && this != other;
        return both && !(compareTo(DELIVERED) >= 0 && other.compareTo(DELIVERED) >= 0);
    }
}
