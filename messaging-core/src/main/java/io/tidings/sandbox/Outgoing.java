package io.tidings.sandbox;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An answer and the way it leaves.
 *
 * @param answer what goes back
 * @param delay how late
 * @param cut where the connection breaks instead
 * @param dribble over which time the body leaves
 * @param lane the message whose first callback ends the delay before its time
 */
record Outgoing(
        Answer answer,
        Duration delay,
        Fault.@Nullable CutPoint cut,
        Duration dribble,
        @Nullable CallbackLane lane) {
    static Outgoing now(Answer answer) {
        return late(answer, Duration.ZERO);
    }

    static Outgoing late(Answer answer, Duration delay) {
        return new Outgoing(answer, delay, null, Duration.ZERO, null);
    }

    static Outgoing cut(Answer answer, Fault.CutPoint point) {
        return new Outgoing(answer, Duration.ZERO, point, Duration.ZERO, null);
    }

    static Outgoing dribbling(Answer answer, Duration time) {
        return new Outgoing(answer, Duration.ZERO, null, time, null);
    }

    static Outgoing behind(CallbackLane lane, Answer answer, Duration atMost) {
        return new Outgoing(answer, atMost, null, Duration.ZERO, lane);
    }
}
