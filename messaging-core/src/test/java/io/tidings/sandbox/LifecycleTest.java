package io.tidings.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LifecycleTest {
    private static final String SLOW = "+12025550101";
    private static final String SLOWEST = "+12025550102";

    private final Sandbox sandbox = SteppedSandbox.builder()
            .sender(SLOW, 1)
            .sender(SLOWEST, 0.01)
            .sender("+447700900100")
            .start();
    private final Api api = new Api(sandbox);
    private final Receiver receiver = new Receiver();

    @AfterEach
    void close() {
        sandbox.close();
        receiver.close();
    }

    @Test
    void a_message_passes_all_statuses_in_order_and_its_price_comes_last() {
        String sid = send(SteppedSandbox.FROM, "hello");
        Set<String> seen = new LinkedHashSet<>();
        String priceAt = "";
        for (int i = 0; i < 200; i++) {
            JsonNode message = api.fetch(sid);
            seen.add(message.path("status").asText());
            if (priceAt.isEmpty() && !message.path("price").isNull()) {
                priceAt = message.path("status").asText();
            }
            sandbox.advance(Duration.ofMillis(100));
        }

        assertThat(seen).containsExactly("queued", "sending", "sent", "delivered");
        assertThat(priceAt).isEqualTo("delivered");
        assertThat(new BigDecimal(api.fetch(sid).path("price").asText())).isNegative();
        assertThat(api.fetch(sid).path("date_sent").isNull()).isFalse();
    }

    @Test
    void no_callback_tells_the_first_status_nor_sending() {
        send(SteppedSandbox.FROM, "hello", "StatusCallback", receiver.url("/status"));
        sandbox.advance(SteppedSandbox.LIFETIME);

        assertThat(receiver.told("MessageStatus")).containsExactly("sent", "delivered");
    }

    @Test
    void advance_returns_after_the_callbacks_were_answered_and_not_before_their_time() {
        send(SteppedSandbox.FROM, "hello", "StatusCallback", receiver.url("/status"));

        sandbox.advance(Duration.ofMillis(100));
        assertThat(receiver.arrivals).isEmpty();
        sandbox.advance(SteppedSandbox.LIFETIME);
        assertThat(receiver.arrivals).hasSize(2);
    }

    @Test
    void a_service_chooses_the_sender_later_and_tells_queued() {
        String service = sandbox.createService("pool", SteppedSandbox.FROM, "+447700900100");
        JsonNode created = Api.json(api.create(
                "To",
                "+447400123456",
                "MessagingServiceSid",
                service,
                "Body",
                "a".repeat(200),
                "StatusCallback",
                receiver.url("/")));
        sandbox.advance(SteppedSandbox.LIFETIME);

        JsonNode later = api.fetch(created.path("sid").asText());
        assertThat(created.path("status").asText()).isEqualTo("accepted");
        assertThat(created.path("from").isNull()).isTrue();
        assertThat(created.path("num_segments").asText()).isEqualTo("0");
        assertThat(later.path("from").asText()).isEqualTo("+447700900100");
        assertThat(later.path("num_segments").asText()).isEqualTo("2");
        assertThat(receiver.told("MessageStatus")).containsExactly("queued", "sent", "delivered");
        assertThat(receiver.told("MessagingServiceSid")).containsOnly(service);
    }

    @Test
    void a_service_keeps_to_the_sender_a_recipient_knows() {
        String service = sandbox.createService("pool", SLOW, SteppedSandbox.FROM);
        for (int i = 0; i < 5; i++) {
            api.created("To", SteppedSandbox.TO, "MessagingServiceSid", service, "Body", "n" + i);
            sandbox.advance(Duration.ofSeconds(1));
        }

        assertThat(sandbox.messages().stream().map(SandboxMessage::from).distinct())
                .hasSize(1);
    }

    @Test
    void a_scheduled_message_waits_for_its_date_and_can_be_canceled_until_then() {
        String service = sandbox.createService("timed", SteppedSandbox.FROM);
        String first = schedule(service);
        String second = schedule(service);

        assertThat(Api.json(api.post(api.message(second), "Status", "canceled"))
                        .path("status")
                        .asText())
                .isEqualTo("canceled");
        sandbox.advance(Duration.ofMinutes(59));
        assertThat(status(first)).isEqualTo("scheduled");
        sandbox.advance(Duration.ofMinutes(2));

        assertThat(status(first)).isEqualTo("delivered");
        assertThat(status(second)).isEqualTo("canceled");
        assertThat(receiver.told("MessageStatus")).containsExactly("canceled", "queued", "sent", "delivered");
        MessagesApiTest.assertError(api.post(api.message(first), "Status", "canceled"), 400, 30409);
    }

    @Test
    void a_message_that_waits_longer_than_its_validity_fails_with_30036() {
        send(SLOW, "a".repeat(153 * 5));
        String late = send(SLOW, "late", "ValidityPeriod", "3");
        sandbox.advance(Duration.ofSeconds(4));

        assertThat(status(late)).isEqualTo("failed");
        assertThat(api.fetch(late).path("error_code").asInt()).isEqualTo(30036);
    }

    @Test
    void a_sender_hands_over_no_faster_than_its_pace_in_segments() {
        for (int i = 0; i < 20; i++) {
            send(SLOW, i % 2 == 0 ? "short" : "a".repeat(161));
        }
        sandbox.advance(Duration.ofSeconds(15));
        long afterFifteen = finished();
        sandbox.advance(Duration.ofSeconds(40));

        assertThat(afterFifteen).isLessThanOrEqualTo(10);
        assertThat(finished()).isEqualTo(20);
    }

    @Test
    void a_queue_of_ten_hours_is_full_for_creations_with_from() {
        fill();

        MessagesApiTest.assertError(
                api.create("To", SteppedSandbox.TO, "From", SLOWEST, "Body", "x".repeat(1600)), 400, 21611);
        sandbox.advance(Duration.ofSeconds(400));
        assertThat(api.create("To", SteppedSandbox.TO, "From", SLOWEST, "Body", "x")
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void a_full_queue_fails_a_message_of_a_service_later_with_30001() {
        String service = sandbox.createService("slow", SLOWEST);
        fill();
        String sid = api.created("To", SteppedSandbox.TO, "MessagingServiceSid", service, "Body", "x".repeat(1600));
        sandbox.advance(Duration.ofSeconds(1));

        assertThat(status(sid)).isEqualTo("failed");
        assertThat(api.fetch(sid).path("error_code").asInt()).isEqualTo(30001);
    }

    @Test
    void each_outcome_of_a_handset_ends_as_it_should() {
        sandbox.handset(
                SteppedSandbox.TO,
                new HandsetOutcome.Undelivered(30003),
                new HandsetOutcome.Failed(30007),
                new HandsetOutcome.NoReceipt(),
                new HandsetOutcome.Delivered());
        List<String> sids = List.of(sendAndWait(), sendAndWait(), sendAndWait(), sendAndWait(), sendAndWait());

        assertThat(sids.stream().map(this::status))
                .containsExactly("undelivered", "failed", "sent", "delivered", "delivered");
        assertThat(api.fetch(sids.get(0)).path("error_code").asInt()).isEqualTo(30003);
        assertThat(api.fetch(sids.get(0)).path("error_message").asText()).isNotEmpty();
        assertThat(sandbox.log().finalStatuses().keySet()).containsExactlyElementsOf(sids);
        assertThat(sandbox.log().finalStatuses().get(sids.get(2)).status()).isEqualTo("sent");
    }

    @Test
    void the_same_seed_repeats_ids_and_outcomes() {
        assertThat(run(7)).isEqualTo(run(7)).isNotEqualTo(run(8));
    }

    @Test
    void a_sandbox_that_starts_again_gives_no_message_the_id_of_one_before() {
        Set<String> accounts = new HashSet<>();
        Set<String> messages = new HashSet<>();
        for (int start = 0; start < 3; start++) {
            try (Sandbox again =
                    Sandbox.builder().seed(7).sender(SteppedSandbox.FROM, 1000).start()) {
                accounts.add(again.accountSid() + " " + again.authToken());
                new Api(again).created("To", "+12025550110", "From", SteppedSandbox.FROM, "Body", "Hi");
                again.messages().forEach(message -> messages.add(message.sid()));
            }
        }

        assertThat(accounts).as("its callbacks are still signed alike").hasSize(1);
        assertThat(messages).hasSize(3);
    }

    private static List<SandboxMessage> run(long seed) {
        try (Sandbox again = Sandbox.builder()
                .clock(SandboxClock.steppable(SteppedSandbox.START))
                .seed(seed)
                .sender(SteppedSandbox.FROM, 1000)
                .start()) {
            Api api = new Api(again);
            for (int i = 0; i < 50; i++) {
                api.created("To", "+120255501" + (10 + i), "From", SteppedSandbox.FROM, "Body", "n" + i);
            }
            again.advance(SteppedSandbox.LIFETIME);
            return again.messages();
        }
    }

    /** Ten hours at one segment in 100 seconds are 360 segments: 32 texts of 11 segments leave room for 8. */
    private void fill() {
        for (int i = 0; i < 32; i++) {
            send(SLOWEST, "x".repeat(1600));
        }
    }

    private String sendAndWait() {
        String sid = send(SteppedSandbox.FROM, "a");
        sandbox.advance(SteppedSandbox.LIFETIME);
        return sid;
    }

    private String schedule(String service) {
        return api.created(
                "To",
                SteppedSandbox.TO,
                "MessagingServiceSid",
                service,
                "Body",
                "later",
                "ScheduleType",
                "fixed",
                "SendAt",
                "2026-03-01T13:00:00Z",
                "StatusCallback",
                receiver.url("/"));
    }

    private String send(String from, String body, String... more) {
        String[] pairs = new String[6 + more.length];
        System.arraycopy(new String[] {"To", SteppedSandbox.TO, "From", from, "Body", body}, 0, pairs, 0, 6);
        System.arraycopy(more, 0, pairs, 6, more.length);
        return api.created(pairs);
    }

    private String status(String sid) {
        return api.fetch(sid).path("status").asText();
    }

    private long finished() {
        return sandbox.messages().stream()
                .filter(each -> each.status().equals("delivered"))
                .count();
    }
}
