package io.tidings.history;

/** How the doubt about an attempt with an unknown outcome ended. */
public enum Resolution {
    /** A status callback named it. */
    CALLBACK,
    /** Its answer came after all. */
    LATE_ANSWER,
    /** The provider's list showed it. */
    LIST,
    /** Nothing told, and the policy of its category sent the message again. */
    POLICY_RESEND,
    /** Nothing told, and the policy of its category gave the message up. */
    POLICY_GIVEUP,
    /** A person decided. */
    HUMAN,
    /** No end of a doubt but what it can cost: a second copy of a message turned out to exist. */
    DUPLICATE
}
