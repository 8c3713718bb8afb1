package io.tidings.model;

/**
 * How large a world is and what holds in it.
 *
 * @param size how much can happen
 * @param twins whether both messages are equal and go to one number
 * @param policy what is done at the horizon
 * @param fault what is broken on purpose
 */
record Setting(Size size, boolean twins, Policy policy, Fault fault) {
    static final int MESSAGES = 2;
    /** Attempts of a message at most: those of the budget and those that use up none. */
    static final int MOST = 3;

    /**
     * How much can happen.
     *
     * @param nodes 1 to 3
     * @param crashes how many of them may die at most
     * @param mishaps how many requests may be refused, throttled or never made, in all
     * @param budget how many attempts the category has
     */
    record Size(int nodes, int crashes, int mishaps, int budget) {
        Size {
            if (nodes > 3 || crashes >= nodes || budget + mishaps > MOST) {
                throw new IllegalArgumentException("at most 3 nodes of which one lives, and at most 3 attempts");
            }
        }
    }

    static Setting of(Size size, Policy policy, boolean twins) {
        return new Setting(size, twins, policy, Fault.NONE);
    }

    /** What becomes of an attempt whose outcome is unknown at the horizon. */
    enum Policy {
        GIVE_UP,
        RESEND_ONCE,
        RESEND
    }

    /** A mistake that the explorer must find. */
    enum Fault {
        NONE,
        RECOVERED_TO_QUEUED,
        NEVER_RECOVERED,
        BEGIN_WITHOUT_FENCE,
        SENT_BEFORE_COMMIT,
        LOST_ANSWER_MEANS_UNSENT,
        ABSENCE_PROVES,
        OLD_ANSWER_MOVES_THE_ROW,
        LISTED_MESSAGE_GIVEN_TWICE,
        LISTED_ID_KEPT_BESIDE_THE_OWN,
        ATTEMPT_BESIDE_FORGOTTEN,
        REFUSAL_OUTWEIGHS_THE_COPY
    }

    boolean has(Fault one) {
        return fault == one;
    }

    Setting broken(Fault one) {
        return new Setting(size, twins, policy, one);
    }
}
