package io.tidings.account;

import io.tidings.message.Person;
import io.tidings.message.PersonHash;
import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * Hashes numbers with a key of {@link TidingsSecret}: HMAC-SHA256 over tenant and number. A plain hash would not do,
 * because all phone numbers there are can be tried in minutes.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class PersonHashes {
    private final TidingsSecret secret;

    /** Hashes with the key of purpose {@link TidingsSecret.Purpose#SUPPRESSION}. */
    public PersonHashes(TidingsSecret secret) {
        this.secret = secret;
    }

    /** The number with its hashes, the one of the current secret first. */
    public Person of(TenantId tenant, PhoneNumber number) {
        byte[] text = (tenant.value() + '\n' + number.e164()).getBytes(StandardCharsets.UTF_8);
        List<PersonHash> hashes = secret.keyIds().stream()
                .map(id -> new PersonHash(id, hmac(id, text)))
                .toList();
        return new Person(number, hashes);
    }

    /** The ids of the secrets that are hashed with. */
    public Collection<String> keyIds() {
        return secret.keyIds();
    }

    private String hmac(String keyId, byte[] text) {
        SecretKey key =
                secret.key(TidingsSecret.Purpose.SUPPRESSION, keyId).orElseThrow();
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
