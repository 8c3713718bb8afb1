package io.tidings.webhook;

import static io.tidings.webhook.CallbackScene.ATTEMPT;
import static io.tidings.webhook.CallbackScene.SID;
import static io.tidings.webhook.CallbackScene.parameter;
import static io.tidings.webhook.CallbackScene.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.message.AttemptStatus;
import io.tidings.provider.ProviderFact;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusCallbacksTest {
    private final CallbackScene scene = new CallbackScene();

    @ParameterizedTest
    @CsvSource({
        "accepted, ACCEPTED", "scheduled, ACCEPTED", "queued, QUEUED", "sending, SENDING", "sent, SENT",
        "canceled, CANCELED", "failed, FAILED", "undelivered, UNDELIVERED", "delivered, DELIVERED", "read, READ"
    })
    void every_status_twilio_can_report_about_an_outbound_message_is_read(String word, AttemptStatus status) {
        assertThat(scene.deliver(ATTEMPT, word).status()).isEqualTo(204);
        assertThat(scene.sink.state(ATTEMPT).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "received", "receiving", "Delivered", "delivered ", "partially_delivered", "sent\n"})
    void any_other_status_is_400_and_keeps_nothing(String word) {
        assertRefused(status(word, Map.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "SM0123456789abcdef0123456789abcde", "SM0123456789abcdef0123456789abcdef0",
                "SM0123456789ABCDEF0123456789abcdef", "AC0123456789abcdef0123456789abcdef",
                        "SM0123456789abcdef0123456789abcdeg"
            })
    void a_message_sid_of_another_form_is_400(String sid) {
        assertRefused(status("sent", Map.of("MessageSid", sid, "SmsSid", sid)));
    }

    @ParameterizedTest
    @CsvSource({
        "ErrorCode, 3000x",
        "ErrorCode, -1",
        "ErrorCode, 1234567",
        "ErrorCode, ٣٠٠٠٨",
        "AccountSid, AC1",
        "ApiVersion, 2010-04-01x",
        "MessagingServiceSid, x",
        "SmsStatus, failed",
        "SmsSid, SM00000000000000000000000000000000"
    })
    void a_known_parameter_of_another_form_or_saying_two_things_is_400(String name, String value) {
        assertRefused(status("sent", Map.of(name, value)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"MessageSid", "MessageStatus", "SmsStatus", "ErrorCode", "AccountSid", "From", "To"})
    void a_known_name_given_twice_is_400_even_with_the_same_value(String name) {
        List<Map.Entry<String, String>> twice = status("failed", Map.of("ErrorCode", "30008"));
        twice.add(twice.stream()
                .filter(entry -> entry.getKey().equals(name))
                .findFirst()
                .orElseThrow());

        assertRefused(twice);
    }

    @ParameterizedTest
    @ValueSource(strings = {"MessageSid", "MessageStatus"})
    void a_callback_without_what_it_is_about_is_400(String missing) {
        List<Map.Entry<String, String>> less = status("sent", Map.of());
        less.removeIf(entry -> entry.getKey().equals(missing));

        assertRefused(less);
    }

    @Test
    void the_two_old_names_may_be_missing_and_unknown_names_may_repeat() {
        List<Map.Entry<String, String>> modern = new ArrayList<>(List.of(
                parameter("MessageSid", "MM0123456789abcdef0123456789abcdef"),
                parameter("MessageStatus", "read"),
                parameter("New", "a"),
                parameter("New", "b"),
                parameter("EventType", "READ")));

        assertThat(scene.deliver(modern).status()).isEqualTo(204);
        assertThat(scene.sink.state(ATTEMPT).sid()).startsWith("MM");
        assertThat(scene.sink.raw(ATTEMPT).get(0).parameters()).hasSize(5);
    }

    @Test
    void an_error_code_is_kept_and_a_missing_or_empty_one_is_zero() {
        scene.deliver(
                status("failed", Map.of("ErrorCode", "30003", "ErrorMessage", "Unreachable destination handset")));
        scene.deliver(status("sent", Map.of("ErrorCode", "")));

        assertThat(scene.sink.facts(ATTEMPT))
                .extracting(ProviderFact::status, ProviderFact::errorCode)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(AttemptStatus.FAILED, 30003),
                        org.assertj.core.groups.Tuple.tuple(AttemptStatus.SENT, 0));
    }

    @Test
    void hiding_the_error_code_in_another_name_or_value_is_400() {
        String hidden = "ErrorCode30008";
        List<Map.Entry<String, String>> inName = status("failed", Map.of());
        inName.removeIf(entry -> entry.getKey().equals("From"));
        inName.add(parameter(hidden + "From", "+12025550100"));

        assertRefused(inName);
        assertRefused(status("failed", Map.of("ChannelToAddress", "+1202" + hidden)));
        assertRefused(status("failed", Map.of("ChannelToAddress", "+1202Error", "Code", "30008")));
    }

    @Test
    void every_other_cut_of_a_signed_callback_is_refused_or_says_the_same() {
        SplittableRandom random = new SplittableRandom(CallbackScene.seed());
        int rounds = CallbackScene.times(10_000, 300_000);
        int recut = 0;
        int refused = 0;
        for (int i = 0; i < rounds; i++) {
            List<Map.Entry<String, String>> genuine = sorted(status(
                    RandomRequests.pick(random, "sent", "delivered", "undelivered", "failed", "read"),
                    random.nextBoolean()
                            ? Map.of("ErrorCode", "30008", "ErrorMessage", "Unknown error", "ChannelToAddress", "+1202")
                            : Map.of("MessagingServiceSid", "MG0123456789abcdef0123456789abcdef")));
            List<Map.Entry<String, String>> cut = recut(random, genuine);
            String signature = scene.sign(scene.target(ATTEMPT), genuine);
            if (cut.equals(genuine) || !signature.equals(scene.sign(scene.target(ATTEMPT), cut))) {
                continue;
            }
            recut++;
            scene.sink.intend(ATTEMPT);
            scene.deliver(genuine);
            Set<ProviderFact> before = scene.sink.facts(ATTEMPT);

            WebhookResponse response = scene.webhooks.handle(
                    CallbackScene.post(scene.target(ATTEMPT), signature, CallbackScene.form(cut)));

            assertThat(response.status()).isIn(204, 400);
            assertThat(scene.sink.facts(ATTEMPT)).as("round %d: %s", i, cut).isEqualTo(before);
            refused += response.status() == 400 ? 1 : 0;
        }
        assertThat(recut).as("cuts that keep the signature").isGreaterThan(rounds / 20);
        assertThat(refused).as("refused of %d", recut).isGreaterThan(recut / 2);
    }

    /** Moves one to three borders between names and values; the joined text stays the same. */
    private static List<Map.Entry<String, String>> recut(
            SplittableRandom random, List<Map.Entry<String, String>> genuine) {
        StringBuilder text = new StringBuilder();
        TreeSet<Integer> borders = new TreeSet<>();
        for (Map.Entry<String, String> entry : genuine) {
            borders.add(text.append(entry.getKey()).length());
            borders.add(text.append(entry.getValue()).length());
        }
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            List<Integer> now = List.copyOf(borders);
            int at = random.nextInt(now.size() - 1);
            borders.remove(now.get(at));
            switch (random.nextInt(3)) {
                case 0 -> borders.add(random.nextInt(1, text.length()));
                case 1 -> borders.add(Math.min(text.length(), Math.max(1, now.get(at) + random.nextInt(-6, 7))));
                default -> borders.remove(now.get(at + 1 < now.size() - 1 ? at + 1 : Math.max(0, at - 1)));
            }
        }
        borders.add(text.length());
        return pairs(text.toString(), List.copyOf(borders));
    }

    private static List<Map.Entry<String, String>> pairs(String text, List<Integer> borders) {
        List<Map.Entry<String, String>> pairs = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < borders.size(); i += 2) {
            int end = i + 1 < borders.size() ? borders.get(i + 1) : borders.get(i);
            pairs.add(Map.entry(text.substring(start, borders.get(i)), text.substring(borders.get(i), end)));
            start = end;
        }
        return pairs;
    }

    private static List<Map.Entry<String, String>> sorted(List<Map.Entry<String, String>> parameters) {
        return parameters.stream().sorted(Map.Entry.comparingByKey()).toList();
    }

    private void assertRefused(List<Map.Entry<String, String>> parameters) {
        assertThat(scene.deliver(parameters).status()).isEqualTo(400);
        assertThat(scene.sink.raw(ATTEMPT)).isEmpty();
        assertThat(scene.sink.state(ATTEMPT).sid()).isNotEqualTo(SID);
    }
}
