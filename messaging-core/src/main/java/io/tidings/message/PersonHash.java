package io.tidings.message;

/**
 * A keyed hash of a phone number, by which a person is recognised whose number is no longer kept.
 *
 * @param keyId the id of the secret that it was made with, eight hexadecimal digits
 * @param value the hash, 64 hexadecimal digits
 */
public record PersonHash(String keyId, String value) {
    /** Checks the form. */
    public PersonHash {
        if (!isHexadecimal(keyId, 8) || !isHexadecimal(value, 64)) {
            throw new IllegalArgumentException(
                    "a person's hash is the id of a secret (8 hexadecimal digits) and an HMAC-SHA256 (64 of them)");
        }
    }

    private static boolean isHexadecimal(String text, int length) {
        if (text.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
                return false;
            }
        }
        return true;
    }

    /** The id of the key and the beginning of the hash. */
    @Override
    public String toString() {
        return "PersonHash[" + keyId + ", " + value.substring(0, 4) + "…]";
    }
}
