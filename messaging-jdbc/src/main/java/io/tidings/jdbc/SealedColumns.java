package io.tidings.jdbc;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts by AES-256-GCM with a random nonce of 96 bits and the place as additional data: {@code e1:<key id>:<Base64 of
 * nonce, text and tag>}. Looks up by HMAC-SHA256. The keys of both are derived from the host's, by HKDF-Expand (RFC 5869,
 * 2.3) for one block.
 */
final class SealedColumns implements ColumnCipher {
    static final String MARK = "e1:";
    static final String TOKEN_MARK = "h1:";
    private static final String TRANSFORMATION = "AES/GCM/NoPadding";
    private static final String MAC = "HmacSHA256";
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    /** 120 bits: 20 characters, which fit where numbers were, and none of them is a plus. */
    private static final int NUMBER_BYTES = 15;

    private static final Base64.Encoder TO_TOKEN = Base64.getUrlEncoder().withoutPadding();

    private final String current;
    private final Map<String, SecretKeySpec> keys = new HashMap<>();
    /** Initialised, never fed, only cloned, because looking one up costs far more. */
    private final Mac lookup;

    private final SecureRandom random = new SecureRandom();

    /** Encrypts with the current key, looks up by the key with this id, which must be one of them. */
    SealedColumns(ColumnKeys given, String lookupId) {
        this.current = given.current();
        given.ids().forEach(id -> keys.put(id, new SecretKeySpec(derived(given.key(id), "columns"), "AES")));
        this.lookup = mac(derived(given.key(lookupId), "lookup"));
    }

    /** Tells keys apart without telling anything of them: 16 hex digits. */
    static String check(ColumnKeys given, String id) {
        return HexFormat.of().formatHex(derived(given.key(id), "check"), 0, 8);
    }

    private static byte[] derived(byte[] key, String purpose) {
        Mac mac = mac(key);
        mac.update(("tidings " + purpose).getBytes(StandardCharsets.UTF_8));
        mac.update((byte) 1);
        return mac.doFinal();
    }

    private static Mac mac(byte[] key) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(key, MAC));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + MAC, e);
        }
    }

    @Override
    public boolean isOn() {
        return true;
    }

    @Override
    public String seal(String place, String clear) {
        byte[] text = Objects.requireNonNull(Values.storable(clear)).getBytes(StandardCharsets.UTF_8);
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        byte[] sealed = new byte[NONCE + text.length + TAG_BITS / 8];
        System.arraycopy(nonce, 0, sealed, 0, NONCE);
        try {
            cipher(Cipher.ENCRYPT_MODE, Objects.requireNonNull(keys.get(current)), nonce, place)
                    .doFinal(text, 0, text.length, sealed, NONCE);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + TRANSFORMATION, e);
        }
        return MARK + current + ":" + Base64.getEncoder().encodeToString(sealed);
    }

    /** A text that was never encrypted is given back: tables are encrypted as a whole before they are used. */
    @Override
    public String open(String place, String stored) {
        if (!stored.startsWith(MARK)) {
            return stored;
        }
        int end = stored.indexOf(':', MARK.length());
        SecretKeySpec key = end < 0 ? null : keys.get(stored.substring(MARK.length(), end));
        if (key == null) {
            throw new UnreadableRowException("it is encrypted with a key that is not among those that were given");
        }
        try {
            byte[] sealed = Base64.getDecoder().decode(stored.substring(end + 1));
            if (sealed.length < NONCE + TAG_BITS / 8) {
                throw new UnreadableRowException("what is encrypted in it was cut");
            }
            byte[] nonce = new byte[NONCE];
            System.arraycopy(sealed, 0, nonce, 0, NONCE);
            byte[] text = cipher(Cipher.DECRYPT_MODE, key, nonce, place).doFinal(sealed, NONCE, sealed.length - NONCE);
            return new String(text, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new UnreadableRowException("what is encrypted in it was changed, or comes from another row");
        }
    }

    private static Cipher cipher(int mode, SecretKeySpec key, byte[] nonce, String place)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(TRANSFORMATION);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    @Override
    public String number(String e164) {
        byte[] whole = mac("number", e164.getBytes(StandardCharsets.UTF_8));
        byte[] part = new byte[NUMBER_BYTES];
        System.arraycopy(whole, 0, part, 0, NUMBER_BYTES);
        return TO_TOKEN.encodeToString(part);
    }

    @Override
    public String token(String kind, String text) {
        return TOKEN_MARK + TO_TOKEN.encodeToString(mac(kind, text.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public long hash(byte[] text) {
        return ByteBuffer.wrap(mac("text", text)).getLong();
    }

    private byte[] mac(String kind, byte[] text) {
        Mac mac = copy();
        mac.update(kind.getBytes(StandardCharsets.UTF_8));
        mac.update((byte) '\n');
        return mac.doFinal(text);
    }

    private Mac copy() {
        try {
            return (Mac) lookup.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the " + MAC + " of this Java platform cannot be copied", e);
        }
    }
}
