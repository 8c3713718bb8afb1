package io.tidings.history;

/** How far an inbound message has come. */
public enum InboundState {
    /** Stored. Nobody has looked yet whether it is a STOP. */
    RECEIVED,
    /** Heard for consent; waits for its handler to succeed. */
    CHECKED,
    /** Nothing more to do. */
    DONE,
    /** Failed too often; waits for an operator. */
    QUARANTINED
}
