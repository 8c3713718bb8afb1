package io.tidings.sandbox;

import java.time.Duration;
import java.time.Instant;

/** Sandboxes for tests: time stands still, everything is delivered, the sender is fast. */
final class SteppedSandbox {
    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    static final String FROM = "+12025550100";
    static final String TO = "+12025550123";
    /** Long enough for any message that need not queue to get its receipt. */
    static final Duration LIFETIME = Duration.ofSeconds(30);

    private SteppedSandbox() {}

    static SandboxBuilder builder() {
        return Sandbox.builder()
                .clock(SandboxClock.steppable(START))
                .handsets(HandsetProfile.allDelivered())
                .sender(FROM, 1000);
    }
}
