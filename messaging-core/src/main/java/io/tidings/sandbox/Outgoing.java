package io.tidings.sandbox;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An answer and the way it leaves.
 *
 * @param answer what goes back
 * @param delay how late
 * @param cut where the connection breaks instead
 */
record Outgoing(Answer answer, Duration delay, Fault.@Nullable CutPoint cut) {
    static Outgoing now(Answer answer) {
        return new Outgoing(answer, Duration.ZERO, null);
    }
}
