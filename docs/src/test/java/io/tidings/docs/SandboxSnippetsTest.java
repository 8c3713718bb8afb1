package io.tidings.docs;

import io.tidings.sandbox.Sandbox;
import io.tidings.sandbox.SandboxClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The code of docs/sandbox.md. */
class SandboxSnippetsTest {

    @Test
    void a_sandbox_lives_inside_a_test() {
        // tag::in-a-test
        try (Sandbox sandbox = Sandbox.builder()
                .clock(SandboxClock.steppable(Instant.parse("2026-03-01T12:00:00Z")))
                .seed(7)
                .start()) {
            // point a client at sandbox.url(), sandbox.accountSid(), sandbox.authToken()
            sandbox.advance(Duration.ofSeconds(30)); // statuses move, callbacks are delivered, then this returns
            sandbox.log().acceptedContaining("order-4711"); // the truth
        }
        // end::in-a-test
    }
}
