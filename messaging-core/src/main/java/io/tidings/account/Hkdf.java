package io.tidings.account;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HKDF with SHA-256 (RFC 5869): many independent keys of one secret. */
final class Hkdf {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int BLOCK = 32;

    private Hkdf() {}

    /** Section 2.2. An empty salt means a block of zeros. */
    static byte[] extract(byte[] salt, byte[] material) {
        return mac(salt.length == 0 ? new byte[BLOCK] : salt).doFinal(material);
    }

    /** Section 2.3, for 1 to 8160 bytes. */
    static byte[] expand(byte[] key, byte[] info, int length) {
        if (length < 1 || length > 255 * BLOCK) {
            throw new IllegalArgumentException("HKDF-SHA256 gives 1 to 8160 bytes, asked for " + length);
        }
        Mac mac = mac(key);
        byte[] result = new byte[length];
        byte[] block = new byte[0];
        for (int done = 0, counter = 1; done < length; done += BLOCK, counter++) {
            mac.update(block);
            mac.update(info);
            block = mac.doFinal(new byte[] {(byte) counter});
            System.arraycopy(block, 0, result, done, Math.min(BLOCK, length - done));
        }
        Arrays.fill(block, (byte) 0);
        return result;
    }

    private static Mac mac(byte[] key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM + "; this one is broken", e);
        }
    }
}
