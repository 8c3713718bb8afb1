package io.tidings.gate;

/** When a gate is asked. */
public enum Stage {
    /** In the transaction of {@code send()}. */
    ACCEPT,
    /** In the transaction that commits the attempt, just before the request leaves. */
    SEND
}
