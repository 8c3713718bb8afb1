package io.tidings.jdbc;

import io.tidings.message.NotConfiguredException;
import io.tidings.message.Secret;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The host's keys for {@link JdbcStores#encryptedBy}: one that new values are encrypted with, and older ones that only
 * read. Each is 32 random bytes and has an id, which lies beside every value in the clear.
 *
 * <pre>{@code
 * JdbcStores.on(dataSource).encryptedBy(ColumnKeys.of("2027", newKey).withOlder("2026", oldKey)).open();
 * }</pre>
 *
 * <p>A key that no longer encrypts must be given until {@link JdbcStores#reencrypt} has run; the first one that these
 * tables ever had must be given for good, because numbers are looked up by it. Prints ids only. Immutable.
 */
public final class ColumnKeys {
    private static final int BYTES = 32;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,16}");

    private final String current;
    private final Map<String, byte[]> keys;

    private ColumnKeys(String current, Map<String, byte[]> keys) {
        this.current = current;
        this.keys = keys;
    }

    /**
     * With this key alone.
     *
     * @param id 1 to 16 letters, digits, {@code _} and {@code -}
     * @param key 32 random bytes; copied
     * @throws NotConfiguredException if either is something else
     */
    public static ColumnKeys of(String id, byte[] key) {
        return new ColumnKeys(id, Map.of(checked(id), checked(id, key)));
    }

    /** The same with the key as Base64, as {@code openssl rand -base64 32} prints it. */
    public static ColumnKeys of(String id, Secret base64) {
        return of(id, decoded(id, base64));
    }

    /** These and one more, which reads what it encrypted and encrypts nothing new. */
    public ColumnKeys withOlder(String id, byte[] key) {
        Map<String, byte[]> more = new LinkedHashMap<>(keys);
        if (more.put(checked(id), checked(id, key)) != null) {
            throw new NotConfiguredException("there are two encryption keys with the id " + id + "; give each its own");
        }
        return new ColumnKeys(current, more);
    }

    /** The same with the key as Base64. */
    public ColumnKeys withOlder(String id, Secret base64) {
        return withOlder(id, decoded(id, base64));
    }

    private static String checked(String id) {
        if (!ID.matcher(id).matches()) {
            throw new NotConfiguredException(
                    "the id of an encryption key is 1 to 16 letters, digits, _ and -, such as 2026-11");
        }
        return id;
    }

    private static byte[] checked(String id, byte[] key) {
        if (key.length != BYTES) {
            throw new NotConfiguredException("the encryption key " + id + " has " + key.length
                    + " bytes, AES-256 needs 32; make one with: openssl rand -base64 32");
        }
        return key.clone();
    }

    private static byte[] decoded(String id, Secret base64) {
        try {
            return Base64.getDecoder().decode(base64.reveal().strip());
        } catch (IllegalArgumentException e) {
            // The cause is left out: it quotes what it could not decode.
            throw new NotConfiguredException(
                    "the encryption key " + checked(id) + " is no Base64; make one with: openssl rand -base64 32");
        }
    }

    /** The id of the key that new values are encrypted with. */
    public String current() {
        return current;
    }

    Set<String> ids() {
        return keys.keySet();
    }

    /** A copy of the key with this id, which must be there. */
    byte[] key(String id) {
        byte[] key = keys.get(id);
        if (key == null) {
            throw new IllegalArgumentException("no key has the id " + id);
        }
        return key.clone();
    }

    @Override
    public String toString() {
        return "ColumnKeys[current=" + current + ", ids=" + keys.keySet() + "]";
    }
}
