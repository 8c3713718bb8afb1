package io.tidings.webhook;

import static io.tidings.webhook.CallbackScene.ATTEMPT;
import static io.tidings.webhook.CallbackScene.NOW;
import static io.tidings.webhook.CallbackScene.SID;
import static io.tidings.webhook.CallbackScene.headers;
import static io.tidings.webhook.CallbackScene.parameter;
import static io.tidings.webhook.CallbackScene.post;
import static io.tidings.webhook.CallbackScene.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tidings.message.AttemptId;
import io.tidings.message.AttemptStatus;
import io.tidings.message.Secret;
import io.tidings.message.StoreUnavailableException;
import io.tidings.provider.CallbackAddress;
import io.tidings.provider.MacKey;
import io.tidings.provider.ProviderFact;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class WebhooksTest {
    private static final List<Map.Entry<String, String>> DELIVERED = status("delivered", Map.of());

    private final CallbackScene scene = new CallbackScene();
    private final String target = scene.target(ATTEMPT);

    @Test
    void a_signed_callback_is_stored_merged_and_answered_204_with_nothing() {
        WebhookResponse response = scene.deliver(status("undelivered", Map.of("ErrorCode", "30008")));

        assertThat(response).isEqualTo(new WebhookResponse(204, "", ""));
        assertThat(scene.sink.facts(ATTEMPT))
                .containsExactly(new ProviderFact(AttemptStatus.UNDELIVERED, SID, 30008, NOW));
        assertThat(scene.webhooks.counts()).isEqualTo(new WebhookCounts(1, 0, 0, 0, 0, 0));
    }

    @Test
    void the_raw_callback_keeps_every_parameter_and_the_delivery_token_and_prints_none() {
        var signed = scene.signed(target, status("delivered", Map.of("NewParameter", "naïve 😀")));
        var headers = headers(
                "x-twilio-signature", signed.header("X-Twilio-Signature").get(0),
                "content-type", "application/x-www-form-urlencoded; charset=UTF-8",
                "I-Twilio-Idempotency-Token", "token-1");
        scene.webhooks.handle(new WebhookRequest("POST", target, headers, signed.body()));

        RawCallback raw = scene.sink.raw(ATTEMPT).get(0);
        assertThat(raw.parameters()).hasSize(9);
        assertThat(raw.value("NewParameter")).contains("naïve 😀");
        assertThat(raw.value("To")).contains("+12025550199");
        assertThat(raw.deliveryToken()).isEqualTo("token-1");
        assertThat(raw.toString() + raw.parameters() + signed).doesNotContain("2025550199", "naïve", "/status/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/tidings",
                "/tidings/",
                "/tidings/status",
                "/tidings/inbound",
                "/tidings/../x",
                "/tidings/a?b=c",
                "/x",
                ""
            })
    void everything_unsigned_is_403_on_every_path_and_method(String path) {
        for (String method : List.of("GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH")) {
            byte[] body = CallbackScene.form(DELIVERED);
            var none = new WebhookRequest(method, path, Map.of(), body);
            var wrong = new WebhookRequest(
                    method,
                    path,
                    headers("X-Twilio-Signature", "AAAAAAAAAAAAAAAAAAAAAAAAAAA=", "Content-Type", "application/json"),
                    body);

            assertThat(scene.webhooks.handle(none).status()).isEqualTo(403);
            assertThat(scene.webhooks.handle(wrong).status()).isEqualTo(403);
        }
    }

    @Test
    void an_unsigned_callback_to_a_genuine_address_is_403_and_changes_nothing() {
        var response = scene.webhooks.handle(new WebhookRequest(
                "POST",
                target,
                headers("Content-Type", "application/x-www-form-urlencoded"),
                CallbackScene.form(DELIVERED)));

        assertThat(response).isEqualTo(new WebhookResponse(403, "", ""));
        assertThat(scene.sink.raw(ATTEMPT)).isEmpty();
        assertThat(scene.webhooks.counts().forbidden()).isEqualTo(1);
    }

    @Test
    void two_signatures_are_none() {
        String good = scene.sign(target, DELIVERED);
        var both = new WebhookRequest(
                "POST",
                target,
                Map.of(
                        "X-Twilio-Signature", List.of(good),
                        "x-twilio-signature", List.of(good),
                        "Content-Type", List.of("application/x-www-form-urlencoded")),
                CallbackScene.form(DELIVERED));

        assertThat(scene.webhooks.handle(both).status()).isEqualTo(403);
    }

    @Test
    void a_signature_for_another_attempt_or_another_status_is_403() {
        AttemptId other = new AttemptId(ATTEMPT.message(), 2);
        String signature = scene.sign(scene.target(other), DELIVERED);

        assertThat(scene.webhooks
                        .handle(post(target, signature, CallbackScene.form(DELIVERED)))
                        .status())
                .isEqualTo(403);
        assertThat(scene.webhooks
                        .handle(post(
                                target, scene.sign(target, DELIVERED), CallbackScene.form(status("read", Map.of()))))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void proxy_headers_and_host_are_never_believed() {
        String evil = ReferenceSignature.sign("12345", "https://evil.example" + target, DELIVERED);
        var forged = new WebhookRequest(
                "POST",
                target,
                headers(
                        "X-Twilio-Signature", evil,
                        "Content-Type", "application/x-www-form-urlencoded",
                        "Host", "evil.example",
                        "X-Forwarded-Host", "evil.example",
                        "X-Forwarded-Proto", "https",
                        "Forwarded", "host=evil.example;proto=https",
                        "X-Original-URL", "https://evil.example" + target),
                CallbackScene.form(DELIVERED));
        assertThat(scene.webhooks.handle(forged).status()).isEqualTo(403);

        var behindProxy = new WebhookRequest(
                "POST",
                target,
                headers(
                        "X-Twilio-Signature", scene.sign(target, DELIVERED),
                        "Content-Type", "application/x-www-form-urlencoded",
                        "Host", "10.0.0.7:8080",
                        "X-Forwarded-Proto", "http"),
                CallbackScene.form(DELIVERED));
        assertThat(scene.webhooks.handle(behindProxy).status()).isEqualTo(204);
    }

    @Test
    void a_signature_made_with_the_default_port_is_accepted() {
        String signature = ReferenceSignature.sign("12345", "https://shop.example.com:443" + target, DELIVERED);

        assertThat(scene.webhooks
                        .handle(post(target, signature, CallbackScene.form(DELIVERED)))
                        .status())
                .isEqualTo(204);
    }

    @Test
    void a_proxy_that_takes_the_public_path_away_or_puts_another_in_front_is_bridged_by_the_mount_path() {
        String tail = target.substring("/tidings".length());
        byte[] body = CallbackScene.form(DELIVERED);
        String signature = scene.sign(target, DELIVERED);

        assertThat(scene.webhooks
                        .mountedAt("")
                        .handle(post(tail, signature, body))
                        .status())
                .isEqualTo(204);
        assertThat(scene.webhooks
                        .mountedAt("/app/hooks")
                        .handle(post("/app/hooks" + tail, signature, body))
                        .status())
                .isEqualTo(204);
        assertThat(scene.webhooks
                        .mountedAt("/app/hooks")
                        .handle(post(target, signature, body))
                        .status())
                .isEqualTo(403);
        assertThatIllegalArgumentException().isThrownBy(() -> scene.webhooks.mountedAt("app"));
        assertThatIllegalArgumentException().isThrownBy(() -> scene.webhooks.mountedAt("/app/"));
    }

    @Test
    void tokens_are_asked_for_each_request_so_that_a_rotation_refuses_nothing() {
        Secret old = scene.tokens.get(0);
        assertThat(scene.deliver(ATTEMPT, "queued").status()).isEqualTo(204);
        scene.tokens.add(0, new Secret("next"));
        assertThat(scene.deliver(ATTEMPT, "sent").status()).isEqualTo(204);
        String fresh = ReferenceSignature.sign("next", "https://shop.example.com" + target, DELIVERED);
        assertThat(scene.webhooks
                        .handle(post(target, fresh, CallbackScene.form(DELIVERED)))
                        .status())
                .isEqualTo(204);
        scene.tokens.remove(old);
        assertThat(scene.deliver(ATTEMPT, "delivered").status()).isEqualTo(403);
    }

    @Test
    void without_any_token_everything_is_403() {
        scene.tokens.clear();

        assertThat(scene.deliver(ATTEMPT, "delivered").status()).isEqualTo(403);
        assertThat(scene.sink.raw(ATTEMPT)).isEmpty();
    }

    @Test
    void a_signed_request_to_an_address_that_we_did_not_make_is_404_and_kept_nowhere() {
        CallbackAddress removedKey = CallbackAddress.at(
                URI.create("https://shop.example.com/tidings"),
                List.of(new MacKey("k0", "a key of the year before".getBytes(StandardCharsets.US_ASCII))));
        String wrongMac = target.substring(0, target.length() - 1) + (target.endsWith("0") ? "1" : "0");

        for (String path : List.of(
                removedKey.uri(ATTEMPT).getRawPath(),
                wrongMac,
                "/tidings/inbound",
                "/tidings/",
                target + "/",
                target + "/x")) {
            assertThat(scene.webhooks.handle(scene.signed(path, DELIVERED)).status())
                    .as(path)
                    .isEqualTo(404);
        }
        assertThat(scene.sink.raw(ATTEMPT)).isEmpty();
        assertThat(scene.sink.orphans()).isEmpty();
    }

    @Test
    void a_genuine_callback_for_an_attempt_that_is_not_here_is_answered_200_and_counted() {
        AttemptId elsewhere = new AttemptId(ATTEMPT.message(), 7);

        assertThat(scene.deliver(elsewhere, "delivered")).isEqualTo(new WebhookResponse(200, "", ""));
        assertThat(scene.sink.orphans()).containsExactly(elsewhere);
        assertThat(scene.webhooks.counts().orphaned()).isEqualTo(1);
    }

    @Test
    void a_store_that_is_down_is_503_so_that_twilio_comes_again() {
        StatusSink down = (attempt, fact, raw) -> {
            throw new StoreUnavailableException("the store cannot be written", new IllegalStateException());
        };
        StatusSink broken = (attempt, fact, raw) -> {
            throw new IllegalStateException("Key (phone)=(+12025550199) exists");
        };

        for (StatusSink sink : List.of(down, broken)) {
            Webhooks webhooks = with(() -> scene.tokens, sink);
            assertThat(webhooks.handle(scene.signed(target, DELIVERED))).isEqualTo(new WebhookResponse(503, "", ""));
            assertThat(webhooks.counts()).isEqualTo(new WebhookCounts(0, 0, 0, 0, 1, 0));
        }
    }

    @Test
    void what_is_logged_about_a_failure_names_no_number_no_text_and_no_address() {
        Logger logger = (Logger) LoggerFactory.getLogger(Webhooks.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.setLevel(Level.TRACE);
        logger.addAppender(lines);
        try {
            with(() -> scene.tokens, (attempt, fact, raw) -> {
                        throw new IllegalStateException("Key (phone)=(+12025550199) exists");
                    })
                    .handle(scene.signed(target, DELIVERED));
            scene.deliver(status("+12025550199", Map.of()));
            scene.deliver(new AttemptId(ATTEMPT.message(), 7), "sent");
            scene.webhooks.handle(scene.signed("/tidings/+12025550199", DELIVERED));
        } finally {
            logger.detachAppender(lines);
        }

        assertThat(lines.list).hasSize(4);
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .noneMatch(line -> line.contains("2025550") || line.contains("/status/") || line.contains(SID));
        assertThat(lines.list).extracting(ILoggingEvent::getThrowableProxy).containsOnlyNulls();
    }

    @Test
    void a_store_that_is_down_for_many_callbacks_is_one_line_in_the_log() {
        Logger logger = (Logger) LoggerFactory.getLogger(Webhooks.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.setLevel(Level.TRACE);
        logger.addAppender(lines);
        try {
            Webhooks webhooks = with(() -> scene.tokens, (attempt, fact, raw) -> {
                throw new StoreUnavailableException("the store cannot be written", new IllegalStateException());
            });
            for (int i = 0; i < 100; i++) {
                webhooks.handle(scene.signed(target, DELIVERED));
            }

            assertThat(webhooks.counts().unavailable()).isEqualTo(100);
        } finally {
            logger.detachAppender(lines);
        }

        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("Callbacks could not be stored, the provider is asked to come again (1 since this line"
                        + " came last): the store cannot be written");
    }

    @Test
    void tokens_that_cannot_be_read_now_are_503_and_nothing_is_stored() {
        Webhooks webhooks = with(
                () -> {
                    throw new IllegalStateException("vault sealed");
                },
                scene.sink);

        assertThat(webhooks.handle(scene.signed(target, DELIVERED)).status()).isEqualTo(503);
        assertThat(scene.sink.raw(ATTEMPT)).isEmpty();
    }

    @Test
    void a_body_over_the_limit_is_413_and_one_at_the_limit_is_read() {
        List<Map.Entry<String, String>> filled = status("delivered", Map.of("Filler", "x"));
        int room = Webhooks.MAX_BODY_BYTES - CallbackScene.form(filled).length;
        List<Map.Entry<String, String>> full = status("delivered", Map.of("Filler", "x".repeat(room + 1)));
        List<Map.Entry<String, String>> tooLong = status("delivered", Map.of("Filler", "x".repeat(room + 2)));

        assertThat(scene.deliver(tooLong).status()).isEqualTo(413);
        assertThat(scene.sink.raw(ATTEMPT)).isEmpty();
        assertThat(scene.deliver(full).status()).isEqualTo(204);
    }

    @Test
    void more_than_200_parameters_are_400() {
        List<Map.Entry<String, String>> many = status("delivered", Map.of());
        for (int i = 0; i < 193; i++) {
            many.add(parameter("Extra" + i, "x"));
        }

        assertThat(scene.deliver(many).status()).isEqualTo(400);
        assertThat(scene.deliver(many.subList(0, 200)).status()).isEqualTo(204);
    }

    @Test
    void a_signed_request_with_another_method_is_405_and_with_another_content_type_415() {
        String urlOnly = scene.sign(target, List.of());
        var get = new WebhookRequest("GET", target, headers("X-Twilio-Signature", urlOnly), new byte[0]);
        var empty = new WebhookRequest("POST", target, headers("X-Twilio-Signature", urlOnly), new byte[0]);
        assertThat(scene.webhooks.handle(get).status()).isEqualTo(405);
        assertThat(scene.webhooks.handle(empty).status()).isEqualTo(415);

        String json = target + "?bodySHA256=44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
        var signedJson = new WebhookRequest(
                "POST",
                json,
                headers("X-Twilio-Signature", scene.sign(json, List.of()), "Content-Type", "application/json"),
                "{}".getBytes(StandardCharsets.US_ASCII));
        assertThat(scene.webhooks.handle(signedJson).status()).isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "text/plain",
                "multipart/form-data; boundary=x",
                "",
                "application/x-www-form-urlencoded; charset=utf-16"
            })
    void a_form_under_another_content_type_is_not_what_was_signed(String type) {
        var request = new WebhookRequest(
                "POST",
                target,
                headers("X-Twilio-Signature", scene.sign(target, DELIVERED), "Content-Type", type),
                CallbackScene.form(DELIVERED));

        assertThat(scene.webhooks.handle(request).status()).isEqualTo(403);
        assertThat(scene.sink.raw(ATTEMPT)).isEmpty();
    }

    @Test
    void a_query_that_twilio_signed_changes_nothing() {
        assertThat(scene.webhooks
                        .handle(scene.signed(target + "?MessageStatus=failed", DELIVERED))
                        .status())
                .isEqualTo(204);
        assertThat(scene.sink.state(ATTEMPT).status()).isEqualTo(AttemptStatus.DELIVERED);
    }

    private Webhooks with(Supplier<List<Secret>> tokens, StatusSink sink) {
        return Webhooks.of(scene.address, tokens, sink, InstantSource.fixed(NOW));
    }
}
