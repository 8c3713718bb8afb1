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

    /** Only cloned: looking the algorithm up costs as much as hashing. */
    private static final Mac UNUSED = lookUp();

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);

    Canonical(String form) {
        field(form);
    }

    Canonical field(@Nullable Object value) {
        if (value == null) {
            bytes.write('-');
            bytes.write(',');
            return this;
        }
        byte[] text = value.toString().getBytes(StandardCharsets.UTF_8);
        length(text.length);
        bytes.write(':');
        bytes.write(text, 0, text.length);
        bytes.write(',');
        return this;
    }

    private void length(int number) {
        if (number >= 10) {
            length(number / 10);
        }
        bytes.write('0' + number % 10);
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
            Mac mac = unused();
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(bytes()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the HMAC-SHA256 of this Java cannot be used", e);
        }
    }

    private static Mac unused() {
        try {
            return (Mac) UNUSED.clone();
        } catch (CloneNotSupportedException e) {
            // Some security providers cannot copy one.
            return lookUp();
        }
    }

    private static Mac lookUp() {
        try {
            return Mac.getInstance(HMAC);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HMAC-SHA256, which every Java must have", e);
        }
    }

    static SecretKey key(byte[] key) {
        return new SecretKeySpec(key, HMAC);
    }

    /** And no NUL: then there is nothing to replace. */
    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == 0 || text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /** Without NUL and lone surrogates, and no longer than this. */
    static String storable(String text, int longest) {
        String cut = text.length() > longest ? text.substring(0, longest) : text;
        if (isAscii(cut)) {
            return cut;
        }
        return new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).replace('\0', '\uFFFD');
    }
}
