package io.tidings.inbound;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the newest fetch of missed messages went.
 *
 * @param state where it is
 * @param since what was taken in at the provider from here on was asked for, or {@code null} before the first fetch
 * @param found how many messages were new to us
 * @param at when this was so
 * @param problem why it failed, or {@code null}
 */
public record GapReport(
        State state,
        @Nullable Instant since,
        int found,
        Instant at,
        @Nullable String problem) {

    /** Where a fetch is. */
    public enum State {
        /** Switched off, or the provider cannot list. */
        OFF,
        /** Not ended yet. */
        PENDING,
        /** Everything is here. */
        COMPLETE,
        /** The provider could not be asked; it is tried again. Replies and opt-outs may be missing meanwhile. */
        FAILED
    }
}
