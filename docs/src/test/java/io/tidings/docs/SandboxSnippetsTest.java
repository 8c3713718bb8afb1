package io.tidings.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.sandbox.Handset;
import io.tidings.sandbox.Hostility;
import io.tidings.sandbox.Mishap;
import io.tidings.sandbox.Sandbox;
import io.tidings.sandbox.SandboxClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The code of docs/sandbox.md and docs/hostile-sandbox.md. */
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

    @Test
    void a_hostile_sandbox_keeps_the_truth() {
        // tag::hostile
        try (Sandbox sandbox = Sandbox.builder()
                .seed(7)
                .hostile(Hostility.hostile()
                        .with(Mishap.CALLBACK_DROPPED, 0.3) // three of ten never come
                        .scaledBy(0.1)) // every time a tenth, for a fast run
                .start()) {
            sandbox.faults().next(1, Mishap.LOST_AFTER_ACCEPT); // the next creation, for sure
            // run your application against sandbox.url(), then compare what it believes with the truth
            sandbox.log().acceptedUntold(); // created, and the answer did not say so
            sandbox.log().dropped(); // webhooks that were never sent
            sandbox.log().mishaps(); // how often each struck
        }
        // end::hostile
    }

    @Test
    void handsets_write_and_answer() {
        try (Sandbox sandbox = Sandbox.builder()
                .sender("+12025550100")
                .sender("whatsapp:+12025550100")
                .start()) {
            // tag::handsets
            Handset ann = sandbox.handset("+12025550123");
            ann.text("+12025550100", "STOP"); // an SMS to one of the account's senders
            ann.text("+12025550100", "look", "https://example.com/cat.png"); // an MMS
            ann.whatsApp("+12025550100", "hello"); // opens the window of 24 hours
            ann.readAll(); // WhatsApp messages become "read"
            ann.inbox(); // what has come; ann.reply("...") answers the last of it
            // end::handsets
            assertThat(sandbox.messages()).hasSize(4);
        }
    }
}
