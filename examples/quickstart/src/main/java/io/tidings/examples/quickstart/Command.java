package io.tidings.examples.quickstart;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the program was asked to do. */
sealed interface Command {

    /** Explain itself. */
    record Help() implements Command {}

    /**
     * Send a list through the sandbox.
     *
     * @param seed decides handsets, delays, mishaps and chance
     * @param hostility how badly the sandbox behaves: calm, hostile or brutal
     * @param list a list of one's own, or {@code null} for the one that comes with the example
     * @param optOuts the opt-outs that belong to a list of one's own, or {@code null}
     * @param keep the folder of a run that outlives its process, or {@code null} for one in memory
     */
    record SandboxRun(
            long seed,
            String hostility,
            @Nullable Path list,
            @Nullable Path optOuts,
            @Nullable Path keep) implements Command {}

    /**
     * Send one real text.
     *
     * @param to the recipient
     * @param from the sender, or {@code null} to take it from the environment
     * @param text what it says, or {@code null} for a sentence with a token
     * @param callbacks where Twilio reaches this machine, or {@code null} to ask for statuses instead
     * @param patience how long its final state is waited for
     * @param confirmed whether nobody needs to be asked
     */
    record LiveRun(
            String to,
            @Nullable String from,
            @Nullable String text,
            @Nullable Callbacks callbacks,
            Duration patience,
            boolean confirmed)
            implements Command {}

    /** The address that Twilio calls, and the local port that it leads to. */
    record Callbacks(URI publicUrl, int port) {}
}
