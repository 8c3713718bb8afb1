package io.tidings.access;

import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A key by which another program is let in, without its secret.
 *
 * @param id its public name, which comes before the secret: 1 to 64 letters, digits, {@code _} and {@code -}
 * @param hash SHA-256 of the secret, as 64 hexadecimal digits in lower case
 * @param tenant whose it is, or {@code null} for all tenants
 * @param grants what it opens, in the words of whoever checks it; a new one needs no migration
 * @param life from when to when it opens
 */
public record AccessKey(String id, String hash, @Nullable TenantId tenant, Map<String, String> grants, Life life) {
    /**
     * The grant that holds phone numbers, in E.164 with commas between, whatever they mean to whoever checks it. It is the only
     * one that may: erasing and handing out what is known about a person looks there.
     */
    public static final String GUESTS = "guests";

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    /** Checks id and hash. */
    public AccessKey {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("the id of a key is 1 to 64 letters, digits, _ and -");
        }
        if (!HASH.matcher(hash).matches()) {
            throw new IllegalArgumentException(
                    "key " + id + " is given by the SHA-256 of its secret: 64 hexadecimal digits in lower case");
        }
        grants = Map.copyOf(grants);
    }

    /**
     * From when to when a key opens. Times are the store's.
     *
     * @param createdAt when it was made
     * @param createdBy who made it
     * @param expires when it ends, or {@code null} for never
     * @param revokedAt when it was taken back, or {@code null}
     * @param lastUsed when it was last used, to the minute, or {@code null} for never
     */
    public record Life(
            Instant createdAt,
            String createdBy,
            @Nullable Instant expires,
            @Nullable Instant revokedAt,
            @Nullable Instant lastUsed) {

        Life revoked(Instant at) {
            return new Life(createdAt, createdBy, expires, at, lastUsed);
        }

        Life used(Instant at) {
            return new Life(createdAt, createdBy, expires, revokedAt, at);
        }
    }

    /**
     * A key that is not made yet.
     *
     * @param id its public name
     * @param hash SHA-256 of the secret
     * @param tenant whose it is, or {@code null} for all tenants
     * @param grants what it opens
     * @param expires when it ends, or {@code null} for never
     */
    public record Draft(
            String id,
            String hash,
            @Nullable TenantId tenant,
            Map<String, String> grants,
            @Nullable Instant expires) {

        /** Checks what a key checks. */
        public Draft {
            grants = new AccessKey(id, hash, tenant, grants, new Life(Instant.EPOCH, "", expires, null, null)).grants;
        }

        /** Without hash and grants, among which numbers may be. */
        @Override
        public String toString() {
            return "Draft[" + id + ", tenant " + tenant + ", expires " + expires + "]";
        }
    }

    /** Whether the number is among its guests. */
    public boolean hasGuest(PhoneNumber number) {
        return guests().contains(number.e164());
    }

    /** The same without this guest; it opens nothing more by that. */
    public AccessKey withoutGuest(PhoneNumber number) {
        List<String> left = new ArrayList<>(guests());
        left.removeIf(number.e164()::equals);
        Map<String, String> fewer = new LinkedHashMap<>(grants);
        fewer.put(GUESTS, String.join(",", left));
        return new AccessKey(id, hash, tenant, fewer, life);
    }

    private List<String> guests() {
        return Arrays.asList(grants.getOrDefault(GUESTS, "").split(",", -1));
    }

    AccessKey with(Life other) {
        return new AccessKey(id, hash, tenant, grants, other);
    }

    /** Without hash and grants, among which numbers may be. */
    @Override
    public String toString() {
        return "AccessKey[" + id + ", tenant " + tenant + ", " + life + "]";
    }
}
