package io.tidings.message;

/**
 * Why a message is sent: decides its priority, its attempts, the gates it passes and what happens when an outcome stays
 * unknown. Declared from most to least urgent; the order is the order of the lanes.
 */
public enum Category {
    /** A one-time code somebody waits for. Has a reserved share of its sender's rate. */
    OTP(0),
    /** Emergency, fraud or safety. Has a reserved share of its sender's rate. */
    ALERT(1),
    /** A reply in a conversation; keeps its order per recipient. */
    CONVERSATION(2),
    /** An order, an appointment, an account notice. The default. */
    TRANSACTIONAL(3),
    /** Advertising and bulk: sent last, at most once. */
    MARKETING(4);

    private final int lane;

    Category(int lane) {
        this.lane = lane;
    }

    /** The lane of its sender that it waits in; 0 is served first. */
    public int lane() {
        return lane;
    }

    /** Whether lower lanes may not use up the last of the rate that this category needs. */
    public boolean hasReservedShare() {
        return this == OTP || this == ALERT;
    }
}
