package io.tidings.jdbc;

import java.util.Arrays;

/** Keys for tests: each is 32 times its own byte. */
final class TestKeys {
    static final ColumnKeys ONE = ColumnKeys.of("one", key(1));

    private TestKeys() {}

    static byte[] key(int value) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) value);
        return key;
    }
}
