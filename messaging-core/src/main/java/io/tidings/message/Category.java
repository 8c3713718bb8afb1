package io.tidings.message;

/**
 * Why a message is sent: decides its priority, its attempts, the gates it passes and what happens when an outcome stays
 * unknown. Declared from most to least urgent; the order is the order of the lanes.
 */
public enum Category {
    /** A one-time code somebody waits for. Has a reserved share of its sender's rate. */
    OTP,
    /** Emergency, fraud or safety. Has a reserved share of its sender's rate. */
    ALERT,
    /** A reply in a conversation; keeps its order per recipient. */
    CONVERSATION,
    /** An order, an appointment, an account notice. The default. */
    TRANSACTIONAL,
    /** Advertising and bulk: sent last, at most once. */
    MARKETING;

    /** Whether lower lanes may not use up the last of the rate that this category needs. */
    public boolean hasReservedShare() {
        return this == OTP || this == ALERT;
    }
}
