package io.tidings.gate;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the consent ledger says about one message, reduced to the entries that decide.
 *
 * @param optOut the newest opt-out that covers the message and was not taken back, or {@code null}
 * @param optIn the newest opt-in that covers the message and was not revoked, or {@code null}
 * @param answered the entry that the message answers, or {@code null}
 */
public record ConsentState(
        @Nullable Said optOut,
        @Nullable Said optIn,
        @Nullable Said answered) {
    /** Nobody said anything. */
    public static final ConsentState SILENT = new ConsentState(null, null, null);

    /**
     * One entry, without anything personal.
     *
     * @param what its kind, for example {@code OPT_OUT}
     * @param at when it was said
     * @param source how it is known, for example {@code KEYWORD}
     * @param about what it covers, in words
     */
    public record Said(String what, Instant at, String source, String about) {}
}
