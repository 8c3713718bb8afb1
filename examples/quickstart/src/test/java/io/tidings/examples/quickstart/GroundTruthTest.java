package io.tidings.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.history.StoredMessage;
import io.tidings.history.TryCount;
import io.tidings.message.AccountId;
import io.tidings.message.ErrorKind;
import io.tidings.message.Failure;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Sender;
import io.tidings.outbox.MessageView;
import io.tidings.sandbox.HandsetOutcome;
import io.tidings.sandbox.HandsetProfile;
import io.tidings.sandbox.Sandbox;
import io.tidings.sandbox.SandboxClock;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The judge itself: it must see what went wrong, or its zeros mean nothing. */
class GroundTruthTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final Failure REASON = new Failure(30003, ErrorKind.RETRY_LATER, "Switched off.", "Wait.");
    private static final Failure UNKNOWN = new Failure(0, ErrorKind.AMBIGUOUS, "Nobody knows.", "Look.");

    private Sandbox sandbox;

    @BeforeEach
    void start() {
        sandbox = Sandbox.builder()
                .clock(SandboxClock.steppable(START))
                .sender("55512", 100)
                .handsets(HandsetProfile.allDelivered())
                .start();
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void a_text_that_was_sent_once_and_arrived_is_clean() throws Exception {
        carry("Order A-1 is ready.");

        Verdict verdict = judge(row("A-1", MessageStatus.DELIVERED, null));

        assertThat(verdict.holds()).isTrue();
        assertThat(verdict.line())
                .isEqualTo(
                        "accepted=1 delivered=1 failed=0 refused=0 given_up=0 policy_duplicates=0 duplicates=0 lost=0");
    }

    @Test
    void a_second_copy_of_a_text_that_was_under_way_or_had_arrived_is_a_duplicate() throws Exception {
        carry("Order A-1 is ready.");
        carry("Order A-1 is ready.");

        Verdict verdict = judge(row("A-1", MessageStatus.DELIVERED, null));

        assertThat(verdict.duplicates()).isEqualTo(1);
        assertThat(verdict.policyDuplicates()).isZero();
        assertThat(verdict.holds()).isFalse();
    }

    @Test
    void a_second_copy_after_the_end_of_the_first_is_the_choice_of_the_policy() throws Exception {
        sandbox.handset("+12025550143", new HandsetOutcome.Undelivered(30003), new HandsetOutcome.Delivered());
        carry("Order A-1 is ready.");
        carry("Order A-1 is ready.");

        Verdict verdict = judge(row("A-1", MessageStatus.DELIVERED, null));

        assertThat(verdict.duplicates()).isZero();
        assertThat(verdict.policyDuplicates()).isEqualTo(1);
        assertThat(verdict.holds()).isTrue();
    }

    @Test
    void a_second_copy_before_the_end_of_the_first_is_a_duplicate_even_if_the_first_fails_later() throws Exception {
        sandbox.handset("+12025550143", new HandsetOutcome.Undelivered(30003), new HandsetOutcome.Delivered());
        create("Order A-1 is ready.");
        create("Order A-1 is ready.");
        sandbox.advance(Duration.ofMinutes(1));

        assertThat(judge(row("A-1", MessageStatus.DELIVERED, null)).duplicates())
                .isEqualTo(1);
    }

    @Test
    void an_order_number_that_begins_like_another_is_not_it() throws Exception {
        carry("Order A-1 is ready.");
        carry("Order A-12 is ready.");

        Verdict verdict = judge(row("A-1", MessageStatus.DELIVERED, null), row("A-12", MessageStatus.DELIVERED, null));

        assertThat(verdict.duplicates()).isZero();
        assertThat(verdict.contradictions()).isZero();
    }

    @Test
    void a_text_that_never_came_is_lost_unless_its_end_has_a_reason() {
        assertThat(judge(row("A-1", MessageStatus.SENDING, null)).lost()).isEqualTo(1);
        assertThat(judge(row("A-1", MessageStatus.DELIVERED, null)).lost()).isEqualTo(1);
        assertThat(judge(row("A-1", MessageStatus.FAILED, REASON)).lost()).isZero();
        assertThat(judge(row("A-1", MessageStatus.REFUSED, REASON)).lost()).isZero();
    }

    @Test
    void a_claim_that_the_log_does_not_bear_out_is_a_contradiction() throws Exception {
        carry("Order A-1 is ready.");

        assertThat(judge(row("A-1", MessageStatus.DELIVERED, null)).contradictions())
                .isZero();
        assertThat(judge(row("A-1", MessageStatus.UNDELIVERED, REASON)).contradictions())
                .isEqualTo(1);
        assertThat(judge(row("A-1", MessageStatus.REFUSED, REASON)).contradictions())
                .isEqualTo(1);
        assertThat(judge(row("A-2", MessageStatus.DELIVERED, null)).contradictions())
                .isEqualTo(1);
    }

    @Test
    void every_accepted_message_is_delivered_failed_or_given_up() {
        Verdict verdict = judge(
                row("A-1", MessageStatus.UNDELIVERED, REASON),
                row("A-2", MessageStatus.DEAD, REASON),
                row("A-3", MessageStatus.DEAD, UNKNOWN),
                row("A-4", MessageStatus.SENT, null),
                row("A-5", MessageStatus.QUEUED, null),
                row("A-6", MessageStatus.REFUSED, REASON));

        assertThat(verdict.line()).startsWith("accepted=5 delivered=0 failed=2 refused=1 given_up=3 ");
        assertThat(verdict.stuck()).isEqualTo(1);
        assertThat(verdict.holds()).isFalse();
    }

    private Verdict judge(SentRow... rows) {
        return Verdict.of(List.of(rows), GroundTruth.read(sandbox.log(), List.of(rows)));
    }

    private static SentRow row(String order, MessageStatus status, Failure failure) {
        OutboundMessage message = OutboundMessage.to(new PhoneNumber("+12025550143"))
                .from(new Sender.ShortCode("55512"))
                .text(order)
                .build();
        StoredMessage stored = new StoredMessage(
                new MessageId(UUID.randomUUID()), message, AccountId.DEFAULT, 1, START, null, null, null);
        return new SentRow(order, null, new MessageView(stored, status, new TryCount(1, 1), failure, null));
    }

    private void carry(String text) throws IOException, InterruptedException {
        create(text);
        sandbox.advance(Duration.ofMinutes(1));
    }

    private void create(String text) throws IOException, InterruptedException {
        String login = sandbox.accountSid() + ":" + sandbox.authToken();
        String form = "From=55512&To=%2B12025550143&Body=" + URLEncoder.encode(text, StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(sandbox.url() + "/2010-04-01/Accounts/" + sandbox.accountSid() + "/Messages.json"))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        int status = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
        assertThat(status).isEqualTo(201);
    }
}
