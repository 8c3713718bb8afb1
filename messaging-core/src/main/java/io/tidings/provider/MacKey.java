package io.tidings.provider;

import java.security.MessageDigest;
import java.util.regex.Pattern;

/**
 * One key of those that authenticate callback addresses.
 *
 * @param id public name of the key, part of every address made with it: 1 to 16 lower-case letters or digits
 * @param bytes the key itself, 16 bytes at least; copied in and out
 */
@SuppressWarnings("ArrayRecordComponent") // copied in and out; equals and hashCode are written for it
public record MacKey(String id, byte[] bytes) {
    private static final Pattern ID = Pattern.compile("[a-z0-9]{1,16}");
    private static final int SHORTEST = 16;

    /** Checks the name and the length. */
    public MacKey {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("a key id is 1 to 16 lower-case letters or digits, for example k1");
        }
        if (bytes.length < SHORTEST) {
            throw new IllegalArgumentException("the callback key " + id + " has " + bytes.length
                    + " bytes; use at least " + SHORTEST + " random bytes");
        }
        bytes = bytes.clone();
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MacKey key && id.equals(key.id) && MessageDigest.isEqual(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "MacKey[" + id + ", ***]";
    }
}
