package io.tidings.jdbc;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Leaves everything as it is. */
final class ClearColumns implements ColumnCipher {

    @Override
    public boolean isOn() {
        return false;
    }

    @Override
    public String seal(String place, String clear) {
        return clear;
    }

    @Override
    public String open(String place, String stored) {
        return stored;
    }

    @Override
    public String number(String e164) {
        return e164;
    }

    @Override
    public String token(String kind, String text) {
        return text;
    }

    @Override
    public long hash(byte[] text) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
