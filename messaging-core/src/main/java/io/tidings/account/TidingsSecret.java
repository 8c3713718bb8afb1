package io.tidings.account;

import io.tidings.message.Secret;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The one secret of an installation, {@code tidings.secret}, from which every key of ours is derived (HKDF-SHA256, RFC
 * 5869). A list while it is rotated: the first signs, all of them verify.
 *
 * <p>Each secret has a short id that says nothing about it, so that a callback path can name the key that signed it.
 * Immutable and safe for use by many threads; prints only key ids.
 */
public final class TidingsSecret {
    private static final int SHORTEST = 32;
    private static final int KEY_BYTES = 32;
    private static final int ID_BYTES = 4;
    private static final byte[] SALT = "io.tidings/1".getBytes(StandardCharsets.UTF_8);

    /** Keys by purpose, by key id; the current id is the first. */
    private final Map<String, Map<Purpose, SecretKey>> keys = new LinkedHashMap<>();

    private TidingsSecret(List<Secret> secrets) {
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("tidings.secret is empty; give it one secret, for example the output of:"
                    + " openssl rand -hex 32");
        }
        secrets.forEach(this::add);
    }

    /** The current secret and, while it is rotated, the older ones that still verify. Each has 32 characters or more. */
    public static TidingsSecret of(Secret current, Secret... older) {
        List<Secret> all = new ArrayList<>(List.of(current));
        all.addAll(Arrays.asList(older));
        return new TidingsSecret(all);
    }

    /** These secrets, the current one first. */
    public static TidingsSecret of(List<Secret> secrets) {
        return new TidingsSecret(secrets);
    }

    /** A new secret that lives as long as this process: for stores in memory and for tests. */
    public static TidingsSecret random() {
        byte[] bytes = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        return of(new Secret(HexFormat.of().formatHex(bytes)));
    }

    /** The id of the secret that signs: eight hexadecimal digits, the same in every process that has the secret. */
    public String currentKeyId() {
        return keys.keySet().iterator().next();
    }

    /** All ids, the current one first. */
    public Collection<String> keyIds() {
        return List.copyOf(keys.keySet());
    }

    /** The key that signs for this purpose: 256 bits for HMAC-SHA256. */
    public SecretKey currentKey(Purpose purpose) {
        return key(purpose, currentKeyId()).orElseThrow();
    }

    /** The key of this purpose under this id; empty if no secret of ours has the id. */
    public Optional<SecretKey> key(Purpose purpose, String keyId) {
        return Optional.ofNullable(keys.get(keyId)).map(byPurpose -> byPurpose.get(purpose));
    }

    @Override
    public String toString() {
        return "TidingsSecret" + keys.keySet();
    }

    private void add(Secret secret) {
        if (secret.reveal().length() < SHORTEST) {
            throw new IllegalArgumentException("tidings.secret has fewer than " + SHORTEST
                    + " characters and could be guessed; use the output of: openssl rand -hex 32");
        }
        byte[] root = Hkdf.extract(SALT, secret.reveal().getBytes(StandardCharsets.UTF_8));
        Map<Purpose, SecretKey> derived = new EnumMap<>(Purpose.class);
        for (Purpose purpose : Purpose.values()) {
            derived.put(purpose, new SecretKeySpec(Hkdf.expand(root, purpose.info(), KEY_BYTES), "HmacSHA256"));
        }
        String id = HexFormat.of().formatHex(Hkdf.expand(root, info("key id"), ID_BYTES));
        if (keys.putIfAbsent(id, derived) != null) {
            throw new IllegalArgumentException("tidings.secret lists the same secret twice; each is named once");
        }
    }

    private static byte[] info(String label) {
        return ("tidings " + label).getBytes(StandardCharsets.UTF_8);
    }

    /** What a key is for. A key of one purpose says nothing about the keys of the others. */
    public enum Purpose {
        /** The seal in the path of status callbacks. */
        CALLBACK_MAC("callback mac"),
        /** Hashes by which a recipient is found without keeping the number. */
        RECIPIENT_HASH("recipient hash"),
        /** Hashes in the list of those who opted out. */
        SUPPRESSION("suppression"),
        /** The chain of the audit trail. */
        AUDIT("audit");

        private final String label;

        Purpose(String label) {
            this.label = label;
        }

        private byte[] info() {
            return TidingsSecret.info(label);
        }
    }
}
