package io.tidings.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.history.Attempt;
import io.tidings.history.Observation;
import io.tidings.history.StoredMessage;
import io.tidings.history.TryCount;
import io.tidings.message.AccountId;
import io.tidings.message.AttemptId;
import io.tidings.message.AttemptStatus;
import io.tidings.message.ErrorKind;
import io.tidings.message.Failure;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Sender;
import io.tidings.outbox.Explanation;
import io.tidings.outbox.Explanation.Story;
import io.tidings.outbox.MessageView;
import io.tidings.sandbox.Fault;
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
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The judge itself: it must see what went wrong, or its zeros mean nothing. */
class GroundTruthTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final Failure REASON = new Failure(30003, ErrorKind.RETRY_LATER, "Switched off.", "Wait.");
    private static final Failure UNKNOWN = new Failure(0, ErrorKind.AMBIGUOUS, "Nobody knows.", "Look.");

    private static final MessageId ID = new MessageId(UUID.randomUUID());

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

        Verdict verdict = judge(row("A-1", MessageStatus.DELIVERED, null, known(1, "A-1")));

        assertThat(verdict.holds()).isTrue();
        assertThat(verdict.line())
                .isEqualTo("accepted=1 delivered=1 failed=0 refused=0 given_up=0 policy_duplicates=0 duplicates=0"
                        + " lost=0 audit=intact");
    }

    @Test
    void a_second_copy_of_a_text_that_was_under_way_or_had_arrived_is_a_duplicate() throws Exception {
        carry("Order A-1 is ready.");
        carry("Order A-1 is ready.");

        Verdict verdict = judge(row("A-1", MessageStatus.DELIVERED, null, known(1, "A-1"), known(2, "A-1")));

        assertThat(verdict.truth()).isEqualTo(new Verdict.Truth(0, 1, 0, 0));
        assertThat(verdict.holds()).isFalse();
    }

    @Test
    void a_second_copy_after_the_known_end_of_the_first_is_the_choice_of_the_policy() throws Exception {
        undeliveredOnce();
        carry("Order A-1 is ready.");
        carry("Order A-1 is ready.");
        Observation end = seen(AttemptStatus.UNDELIVERED, Observation.Source.CALLBACK, 1);

        Verdict verdict = judge(row("A-1", MessageStatus.DELIVERED, null, known(1, "A-1", end), known(2, "A-1")));

        assertThat(verdict.truth()).isEqualTo(new Verdict.Truth(1, 0, 0, 0));
        assertThat(verdict.holds()).isTrue();
    }

    @Test
    void a_second_copy_that_was_sent_without_knowing_the_end_of_the_first_is_a_duplicate() throws Exception {
        undeliveredOnce();
        carry("Order A-1 is ready.");
        carry("Order A-1 is ready.");
        Observation tooLate = seen(AttemptStatus.UNDELIVERED, Observation.Source.CALLBACK, 3);

        assertThat(judge(row("A-1", MessageStatus.DELIVERED, null, known(1, "A-1", tooLate), known(2, "A-1")))
                        .truth()
                        .duplicates())
                .isEqualTo(1);
    }

    @Test
    void a_second_copy_before_the_end_of_the_first_is_a_duplicate_whatever_our_tables_say() throws Exception {
        undeliveredOnce();
        create("Order A-1 is ready.");
        create("Order A-1 is ready.");
        sandbox.advance(Duration.ofMinutes(1));
        Observation end = seen(AttemptStatus.UNDELIVERED, Observation.Source.CALLBACK, 1);

        assertThat(judge(row("A-1", MessageStatus.DELIVERED, null, known(1, "A-1", end), known(2, "A-1")))
                        .truth()
                        .duplicates())
                .isEqualTo(1);
    }

    @Test
    void a_second_copy_without_evidence_of_the_first_is_excused_by_the_written_decision_alone() throws Exception {
        carryWithoutSayingSo("Order A-1 is ready.");
        carry("Order A-1 is ready.");
        Observation lost = seen(AttemptStatus.UNCERTAIN, Observation.Source.ANSWER, 1);
        Observation decided = Observation.note(Observation.Source.POLICY_RESENT, "nobody knows", at(1));

        Verdict chosen = judge(row("A-1", MessageStatus.DELIVERED, null, unknown(1, lost, decided), second("A-1")));
        Verdict unsaid = judge(row("A-1", MessageStatus.DELIVERED, null, unknown(1, lost), second("A-1")));

        assertThat(chosen.truth()).isEqualTo(new Verdict.Truth(1, 0, 0, 0));
        assertThat(unsaid.truth()).isEqualTo(new Verdict.Truth(0, 1, 0, 0));
    }

    @Test
    void a_copy_that_no_attempt_made_is_a_duplicate_and_a_contradiction() throws Exception {
        carry("Order A-1 is ready.");
        carry("Order A-1 is ready.");

        assertThat(judge(row("A-1", MessageStatus.DELIVERED, null, known(1, "A-1")))
                        .truth())
                .isEqualTo(new Verdict.Truth(0, 1, 0, 1));
    }

    @Test
    void an_order_number_that_begins_like_another_is_not_it() throws Exception {
        carry("Order A-1 is ready.");
        carry("Order A-12 is ready.");

        Verdict verdict = judge(
                row("A-1", MessageStatus.DELIVERED, null, known(1, "A-1 ")),
                row("A-12", MessageStatus.DELIVERED, null, known(1, "A-12")));

        assertThat(verdict.truth()).isEqualTo(new Verdict.Truth(0, 0, 0, 0));
    }

    @Test
    void a_text_that_never_came_is_lost_unless_its_end_has_a_reason() {
        assertThat(lost(row("A-1", MessageStatus.SENDING, null))).isEqualTo(1);
        assertThat(lost(row("A-1", MessageStatus.DELIVERED, null))).isEqualTo(1);
        assertThat(lost(row("A-1", MessageStatus.FAILED, REASON))).isZero();
        assertThat(lost(row("A-1", MessageStatus.DEAD, UNKNOWN))).isZero();
        assertThat(lost(row("A-1", MessageStatus.REFUSED, REASON))).isZero();
    }

    @Test
    void a_claim_that_the_log_does_not_bear_out_is_a_contradiction() throws Exception {
        carry("Order A-1 is ready.");
        Story known = known(1, "A-1");

        assertThat(contradictions(row("A-1", MessageStatus.DELIVERED, null, known)))
                .isZero();
        assertThat(contradictions(row("A-1", MessageStatus.UNDELIVERED, REASON, known)))
                .isEqualTo(1);
        assertThat(contradictions(row("A-1", MessageStatus.REFUSED, REASON))).isEqualTo(1);
        assertThat(contradictions(row("A-2", MessageStatus.DELIVERED, null))).isEqualTo(1);
        assertThat(contradictions(row("A-3", MessageStatus.FAILED, REASON, known)))
                .isEqualTo(1);
    }

    @Test
    void giving_up_is_honest_only_if_nothing_was_told() throws Exception {
        carry("Order A-1 is ready.");
        carryWithoutSayingSo("Order A-2 is ready.");
        Observation lost = seen(AttemptStatus.UNCERTAIN, Observation.Source.ANSWER, 1);

        assertThat(contradictions(row("A-1", MessageStatus.DEAD, UNKNOWN, unknown(1, lost))))
                .isEqualTo(1);
        assertThat(contradictions(row("A-2", MessageStatus.DEAD, UNKNOWN, unknown(1, lost))))
                .isZero();
    }

    @Test
    void every_accepted_message_is_delivered_failed_or_given_up() {
        Verdict verdict = judge(
                row("A-1", MessageStatus.UNDELIVERED, REASON),
                row("A-2", MessageStatus.DEAD, REASON),
                row("A-3", MessageStatus.DEAD, UNKNOWN),
                row("A-4", MessageStatus.SENT, null),
                row("A-5", MessageStatus.QUEUED, null),
                row("A-6", MessageStatus.REFUSED, REASON),
                row("A-7", MessageStatus.UNCERTAIN, null));

        assertThat(verdict.line()).startsWith("accepted=6 delivered=0 failed=2 refused=1 given_up=4 ");
        assertThat(verdict.fates().stuck()).isEqualTo(2);
        assertThat(verdict.holds()).isFalse();
    }

    @Test
    void a_broken_audit_trail_is_enough_to_fail() {
        Verdict verdict = Verdict.of(List.of(), GroundTruth.of(sandbox.log()).apply(List.of()), false);

        assertThat(verdict.holds()).isFalse();
        assertThat(verdict.line()).endsWith("duplicates=0 lost=0 audit=broken");
    }

    private void undeliveredOnce() {
        sandbox.handset("+12025550143", new HandsetOutcome.Undelivered(30003), new HandsetOutcome.Delivered());
    }

    private Verdict judge(SentRow... rows) {
        return Verdict.of(List.of(rows), GroundTruth.of(sandbox.log()).apply(List.of(rows)), true);
    }

    private int lost(SentRow row) {
        return judge(row).truth().lost();
    }

    private int contradictions(SentRow row) {
        return judge(row).truth().contradictions();
    }

    private static SentRow row(String order, MessageStatus status, Failure failure, Story... attempts) {
        OutboundMessage message = OutboundMessage.to(new PhoneNumber("+12025550143"))
                .from(new Sender.ShortCode("55512"))
                .text(order)
                .build();
        StoredMessage stored = new StoredMessage(ID, message, AccountId.DEFAULT, 1, START, null, null, null);
        MessageView view = new MessageView(stored, status, new TryCount(1, 1), failure, null, stored.acceptedAt());
        return new SentRow(order, null, new Explanation(view, List.of(), List.of(attempts), List.of(), null));
    }

    /** The attempt that made this copy, and knows it. */
    private Story known(int number, String order, Observation... seen) {
        String sid = sandbox.log()
                .acceptedContaining(order)
                .get(number - 1)
                .verdict()
                .sid();
        return story(number, AttemptStatus.DELIVERED, sid, seen);
    }

    private Story second(String order) {
        return known(2, order);
    }

    private static Story unknown(int number, Observation... seen) {
        return story(number, AttemptStatus.UNCERTAIN, null, seen);
    }

    /** Attempts begin a second after each other, and what is seen at that second is known by then. */
    private static Story story(int number, AttemptStatus status, String sid, Observation... seen) {
        Instant begun = at(number - 1);
        Attempt attempt = new Attempt(new AttemptId(ID, number), status, sid, 0, null, false, begun, begun, begun);
        return new Story(attempt, List.of(seen));
    }

    private static Observation seen(AttemptStatus status, Observation.Source source, int second) {
        return new Observation(status, null, 0, "a test", source, at(second), Map.of());
    }

    private static Instant at(int second) {
        return START.plusSeconds(second);
    }

    private void carry(String text) throws IOException, InterruptedException {
        create(text);
        sandbox.advance(Duration.ofMinutes(1));
    }

    private void carryWithoutSayingSo(String text) throws IOException, InterruptedException {
        sandbox.faults().next(1, new Fault.AcceptThenAnswer(500, 20500));
        assertThat(post(text)).isEqualTo(500);
        sandbox.advance(Duration.ofMinutes(1));
    }

    private void create(String text) throws IOException, InterruptedException {
        assertThat(post(text)).isEqualTo(201);
    }

    private int post(String text) throws IOException, InterruptedException {
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
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
