package io.tidings.account;

import io.tidings.message.Person;
import io.tidings.message.PersonHash;
import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Hashes numbers with a key of {@link TidingsSecret}: HMAC-SHA256 over tenant and number. A plain hash would not do,
 * because all phone numbers there are can be tried in minutes.
 *
 * <p>Remembers the people asked about last, because each message asks twice: when it is taken in and before it is sent.
 * Safe for use by many threads; a lost race only hashes again.
 */
public final class PersonHashes {
    private static final int PLACES = 1 << 11;

    /** By key id, the current one first: initialised, never fed, only cloned, because looking one up costs far more. */
    private final Map<String, Mac> macs = new LinkedHashMap<>();

    private final AtomicReferenceArray<@Nullable Known> places = new AtomicReferenceArray<>(PLACES);

    /** Of one tenant: the same number has another hash with each. */
    private record Known(TenantId tenant, Person person) {
        boolean isOf(TenantId whose, PhoneNumber number) {
            return person.number().equals(number) && tenant.equals(whose);
        }
    }

    /** Hashes with the key of purpose {@link TidingsSecret.Purpose#SUPPRESSION}. */
    public PersonHashes(TidingsSecret secret) {
        secret.keyIds()
                .forEach(id -> macs.put(
                        id,
                        mac(secret.key(TidingsSecret.Purpose.SUPPRESSION, id).orElseThrow())));
    }

    /** The number with its hashes, the one of the current secret first. */
    public Person of(TenantId tenant, PhoneNumber number) {
        int mixed = (31 * tenant.hashCode() + number.hashCode()) * 0x9E3779B9;
        int place = (mixed >>> 16) & (PLACES - 1);
        Known known = places.get(place);
        if (known == null || !known.isOf(tenant, number)) {
            known = new Known(tenant, hashed(tenant, number));
            places.set(place, known);
        }
        return known.person();
    }

    private Person hashed(TenantId tenant, PhoneNumber number) {
        byte[] text = (tenant.value() + '\n' + number.e164()).getBytes(StandardCharsets.UTF_8);
        List<PersonHash> hashes = new ArrayList<>(macs.size());
        macs.forEach((id, mac) ->
                hashes.add(new PersonHash(id, HexFormat.of().formatHex(copy(mac).doFinal(text)))));
        return new Person(number, hashes);
    }

    /** The ids of the secrets that are hashed with. */
    public Collection<String> keyIds() {
        return List.copyOf(macs.keySet());
    }

    private static Mac mac(SecretKey key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    private static Mac copy(Mac mac) {
        try {
            return (Mac) mac.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the HmacSHA256 of this Java platform cannot be copied", e);
        }
    }
}
