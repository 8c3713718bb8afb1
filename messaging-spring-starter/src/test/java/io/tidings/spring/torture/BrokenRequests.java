package io.tidings.spring.torture;

import io.tidings.message.Secret;
import io.tidings.test.SignedWebhook;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Requests to webhooks in which one thing or several are wrong, drawn by chance. For one thread. */
final class BrokenRequests {
    static final String FORM = "application/x-www-form-urlencoded";

    private final Random random;

    BrokenRequests(long seed) {
        this.random = new Random(seed);
    }

    /** A right request, of which one or more things are then made wrong. */
    byte[] broken(SignedWebhook right, Secret token) {
        String method = pick("POST", "POST", "POST", "POST", "GET", "PUT", "DELETE", "PATCH", "OPTIONS", "po st");
        String path = pick(
                "/inbound",
                "/inbound",
                "/inbound",
                "/inbound?x=" + random.nextInt(),
                "/status/k1/x.1.y",
                "/",
                "/inbound/%00",
                "/%ff",
                "/inbound;a=b",
                "//inbound",
                "/../inbound",
                "/status/" + "a".repeat(random.nextInt(3000)));
        byte[] body = right.body();
        String signature = right.signature(token);
        String type = pick(
                FORM,
                FORM,
                FORM,
                FORM + "; charset=utf-8",
                FORM + "; charset=x",
                "application/json",
                "text/plain",
                "x",
                "");
        switch (random.nextInt(5)) {
            case 0 -> signature = pick("", "x", "bm90IHNpZ25lZA==", signature.substring(1), signature + "=", "\u00e9");
            case 1 -> body = flipped(body);
            case 2 -> body = bytes(random.nextInt(random.nextInt(20) == 0 ? 70_000 : 500));
            case 3 -> body = ("a=1&".repeat(random.nextInt(400)) + "From=%zz").getBytes(StandardCharsets.UTF_8);
            default -> signature = right.with("Z", "1").signature(token);
        }
        boolean lies = random.nextInt(40) == 0;
        String length = lies ? pick("-1", "x", "0", "5") : Integer.toString(body.length);
        String head = method + " /tidings/webhooks" + path + " HTTP/1.1\r\nHost: "
                + (random.nextInt(20) == 0 ? "x y" : pick("shop.example.com", "127.0.0.1"))
                + "\r\nContent-Type: " + type + "\r\nX-Twilio-Signature: " + signature + "\r\n"
                + (random.nextInt(20) == 0 ? "X-Twilio-Signature: second\r\n" : "")
                + (random.nextInt(20) == 0 ? "X-Forwarded-Host: evil.example.com\r\n" : "")
                + (lies ? "Connection: close\r\n" : "") + "Content-Length: " + length + "\r\n\r\n";
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
        whole.writeBytes(body);
        return whole.toByteArray();
    }

    String pick(String... all) {
        return all[random.nextInt(all.length)];
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] flipped(byte[] right) {
        byte[] wrong = right.clone();
        int at = random.nextInt(wrong.length);
        // Not bit 5: %2b says the same as %2B, so that such a request would still be signed.
        wrong[at] = (byte) (wrong[at] ^ new int[] {1, 2, 4, 8, 16, 64}[random.nextInt(6)]);
        return wrong;
    }
}
