package io.tidings.gate;

/** When a gate is asked. */
public enum Stage {
    /** In the transaction of {@code send()}. */
    ACCEPT,
    /** Before permits are taken, outside of any transaction: only the host's own check, which may wait for others. */
    CHECK,
    /** In the transaction that commits the attempt, just before the request leaves. */
    SEND
}
