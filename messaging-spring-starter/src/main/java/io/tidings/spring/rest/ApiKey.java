package io.tidings.spring.rest;

import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A key of the API. Callers send {@code Authorization: Bearer <id>.<secret>}; of the secret only its hash is kept. A secret
 * is at least 128 random bits, so a fast hash is enough: {@code openssl rand -hex 32}.
 *
 * @param id its public name: 1 to 64 letters, digits, {@code _} and {@code -}
 * @param hash SHA-256 of the secret, as 64 hexadecimal digits
 * @param access what it opens
 * @param expires when it ends, or {@code null} for never
 * @param limits from where and how often it may be used
 */
public record ApiKey(
        String id, String hash, Access access, @Nullable Instant expires, KeyLimits limits) {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    /** From anywhere, as often as everybody may. */
    public ApiKey(String id, String hash, Access access, @Nullable Instant expires) {
        this(id, hash, access, expires, KeyLimits.NONE);
    }

    /** Checks id and hash. */
    public ApiKey {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("the id of a key is 1 to 64 letters, digits, _ and -");
        }
        if (!HASH.matcher(hash).matches()) {
            throw new IllegalArgumentException(
                    "key " + id + " is given by the SHA-256 of its secret: 64 hexadecimal digits in lower case");
        }
    }

    /** Without the hash. */
    @Override
    public String toString() {
        return "ApiKey[" + id + ", " + access + ", expires " + expires + "]";
    }
}
