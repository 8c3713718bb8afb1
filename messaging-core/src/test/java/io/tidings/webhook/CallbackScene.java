package io.tidings.webhook;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.tidings.message.AttemptId;
import io.tidings.message.MessageId;
import io.tidings.message.Secret;
import io.tidings.provider.CallbackAddress;
import io.tidings.provider.MacKey;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/** A public address, a token, a sink, and a provider's hand that signs requests with the reference implementation. */
final class CallbackScene {
    static final String TOKEN = "12345";
    static final String SID = "SM0123456789abcdef0123456789abcdef";
    static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    static final AttemptId ATTEMPT =
            new AttemptId(new MessageId(UUID.fromString("0193a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b")), 1);

    final CallbackAddress address = CallbackAddress.at(
            URI.create("https://shop.example.com/tidings"),
            List.of(new MacKey("k1", "a key that is used by these tests".getBytes(StandardCharsets.US_ASCII))));
    final MemorySink sink = new MemorySink();
    final List<Secret> tokens = new ArrayList<>(List.of(new Secret(TOKEN)));
    final Webhooks webhooks = Webhooks.of(address, () -> List.copyOf(tokens), sink, InstantSource.fixed(NOW));

    CallbackScene() {
        // The random tests would warn many thousand times.
        ((Logger) LoggerFactory.getLogger(Webhooks.class)).setLevel(Level.ERROR);
        sink.intend(ATTEMPT);
    }

    /** How often a random test repeats, by {@code -Dtidings.torture}. */
    static int times(int inShort, int inFull) {
        return "full".equals(System.getProperty("tidings.torture")) ? inFull : inShort;
    }

    static long seed() {
        long seed = Long.getLong("tidings.seed", 20261121L);
        System.out.println("tidings.seed=" + seed);
        return seed;
    }

    static AttemptId anyAttempt(RandomGenerator random) {
        return new AttemptId(new MessageId(new UUID(random.nextLong(), random.nextLong())), random.nextInt(1, 9));
    }

    static Map.Entry<String, String> parameter(String name, String value) {
        return Map.entry(name, value);
    }

    /** What Twilio sends for a status. */
    static List<Map.Entry<String, String>> status(String word, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(Map.of(
                "MessageSid",
                SID,
                "SmsSid",
                SID,
                "MessageStatus",
                word,
                "SmsStatus",
                word,
                "AccountSid",
                "AC0123456789abcdef0123456789abcdef",
                "From",
                "+12025550100",
                "To",
                "+12025550199",
                "ApiVersion",
                "2010-04-01"));
        all.putAll(more);
        return new ArrayList<>(all.entrySet());
    }

    String target(AttemptId attempt) {
        return address.uri(attempt).getRawPath();
    }

    /** A form POST to a target, signed for the public address. */
    WebhookRequest signed(String target, List<Map.Entry<String, String>> parameters) {
        return post(target, sign(target, parameters), form(parameters));
    }

    String sign(String target, List<Map.Entry<String, String>> parameters) {
        return ReferenceSignature.sign(TOKEN, "https://shop.example.com" + target, parameters);
    }

    WebhookResponse deliver(AttemptId attempt, String word) {
        return webhooks.handle(signed(target(attempt), status(word, Map.of())));
    }

    WebhookResponse deliver(List<Map.Entry<String, String>> parameters) {
        return webhooks.handle(signed(target(ATTEMPT), parameters));
    }

    static WebhookRequest post(String target, String signature, byte[] body) {
        return new WebhookRequest(
                "POST",
                target,
                headers("X-Twilio-Signature", signature, "Content-Type", "application/x-www-form-urlencoded"),
                body);
    }

    static Map<String, List<String>> headers(String... pairs) {
        Map<String, List<String>> headers = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            headers.put(pairs[i], Arrays.asList(pairs[i + 1]));
        }
        return headers;
    }

    static byte[] form(List<Map.Entry<String, String>> parameters) {
        return parameters.stream()
                .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"))
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
