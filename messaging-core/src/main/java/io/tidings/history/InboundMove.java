package io.tidings.history;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The next step of an inbound message.
 *
 * @param to the state
 * @param pause how long nobody claims it as due; zero for at once
 * @param note why, for an operator, or {@code null}
 * @param replied whether it was answered; counted by {@link InboundStore#replies}
 */
public record InboundMove(
        InboundState to, Duration pause, @Nullable String note, boolean replied) {

    /** It was heard for consent and waits for its handler, which others than the caller begin after a pause only. */
    public static InboundMove checked(Duration pause) {
        return new InboundMove(InboundState.CHECKED, pause, null, false);
    }

    /** It is done. */
    public static InboundMove done(String note, boolean replied) {
        return new InboundMove(InboundState.DONE, Duration.ZERO, note, replied);
    }

    /** It failed and is tried again in the same state. */
    public static InboundMove later(InboundState state, Duration pause, String note) {
        return new InboundMove(state, pause, note, false);
    }

    /** It failed too often. */
    public static InboundMove quarantined(String note) {
        return new InboundMove(InboundState.QUARANTINED, Duration.ZERO, note, false);
    }

    /** An operator lets it begin anew. */
    public static InboundMove anew() {
        return new InboundMove(InboundState.RECEIVED, Duration.ZERO, null, false);
    }
}
