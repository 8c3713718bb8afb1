package io.tidings.endpoint;

import io.tidings.message.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The symmetric signature of Standard Webhooks 1.0: HMAC-SHA256 over id, time and body. */
final class Signature {
    private static final String PREFIX = "whsec_";
    private static final int SHORTEST = 24;
    private static final int LONGEST = 64;

    private Signature() {}

    /** The bytes of a secret. Throws {@link IllegalArgumentException} without quoting it. */
    static byte[] key(Secret secret) {
        String text = secret.reveal();
        byte[] bytes = new byte[0];
        if (text.startsWith(PREFIX)) {
            try {
                bytes = Base64.getDecoder().decode(text.substring(PREFIX.length()));
            } catch (IllegalArgumentException e) {
                // Its message quotes the secret; the check below says what is wrong.
                bytes = new byte[0];
            }
        }
        if (bytes.length < SHORTEST || bytes.length > LONGEST) {
            throw new IllegalArgumentException("a secret of an endpoint is whsec_ and Base64 of 24 to 64 random bytes,"
                    + " for example whsec_ and the output of: openssl rand -base64 32");
        }
        return bytes;
    }

    /** What goes into {@code webhook-signature}: one for each secret, in their order. */
    static String of(List<Secret> secrets, String id, long second, byte[] body) {
        byte[] head = (id + "." + second + ".").getBytes(StandardCharsets.UTF_8);
        return secrets.stream()
                .map(secret -> "v1," + mac(key(secret), head, body))
                .collect(Collectors.joining(" "));
    }

    private static String mac(byte[] key, byte[] head, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(head);
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has HmacSHA256", e);
        }
    }
}
