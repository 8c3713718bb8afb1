package io.tidings.audit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The byte-exact form of what is hashed and signed: each field as its length in bytes, a colon, its bytes in UTF-8 and a
 * comma; a field that is not there as a dash and a comma. The first field names the form and its version.
 */
final class Canonical {
    static final int HASH_BYTES = 32;
    /** The hash before the first record. */
    static final String ORIGIN = "0".repeat(2 * HASH_BYTES);

    private static final String HMAC = "HmacSHA256";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);

    Canonical(String form) {
        field(form);
    }

    Canonical field(@Nullable Object value) {
        if (value == null) {
            bytes.writeBytes(new byte[] {'-', ','});
            return this;
        }
        byte[] text = value.toString().getBytes(StandardCharsets.UTF_8);
        bytes.writeBytes((text.length + ":").getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(text);
        bytes.write(',');
        return this;
    }

    /** A time, as microseconds since 1970-01-01T00:00:00Z. */
    Canonical time(Instant at) {
        return field(ChronoUnit.MICROS.between(Instant.EPOCH, at));
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    /** The HMAC-SHA256 in hexadecimal. */
    String mac(SecretKey key) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(bytes()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HMAC-SHA256, which every Java must have", e);
        }
    }

    static SecretKey key(byte[] key) {
        return new SecretKeySpec(key, HMAC);
    }

    /** Without NUL and lone surrogates, and no longer than this. */
    static String storable(String text, int longest) {
        String cut = text.length() > longest ? text.substring(0, longest) : text;
        return new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).replace('\0', '\uFFFD');
    }
}
