package io.tidings.message;

import java.util.regex.Pattern;

/**
 * A keyed hash of a phone number, by which a person is recognised whose number is no longer kept.
 *
 * @param keyId the id of the secret that it was made with, eight hexadecimal digits
 * @param value the hash, 64 hexadecimal digits
 */
public record PersonHash(String keyId, String value) {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}");
    private static final Pattern VALUE = Pattern.compile("[0-9a-f]{64}");

    /** Checks the form. */
    public PersonHash {
        if (!ID.matcher(keyId).matches() || !VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "a person's hash is the id of a secret (8 hexadecimal digits) and an HMAC-SHA256 (64 of them)");
        }
    }

    /** The id of the key and the beginning of the hash. */
    @Override
    public String toString() {
        return "PersonHash[" + keyId + ", " + value.substring(0, 4) + "…]";
    }
}
