package io.tidings.retry;

import java.time.Duration;

/**
 * What must stand still beside the one message, because the fault is not the message's.
 *
 * @param scope whom to pause
 * @param atLeast for how long; a paused account also waits until an account check succeeds, however long that takes
 */
public record Pause(Scope scope, Duration atLeast) {

    /** Nobody. */
    public static final Pause NONE = new Pause(Scope.NONE, Duration.ZERO);

    /** Whom a pause concerns. */
    public enum Scope {
        /** Only this message waits. */
        NONE,
        /** The message's sender: its queue is full or it sends faster than it may. */
        SENDER,
        /** The whole account: nothing it sends can work. */
        ACCOUNT
    }
}
