package io.tidings.provider;

import io.tidings.message.AccountId;
import io.tidings.message.AttemptId;
import io.tidings.message.MessageId;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Where the provider reports about an attempt: {@code {publicUrl}/status/{keyId}/{id}.{attempt}.{mac}}.
 *
 * <p>The address names our own attempt, so that a callback finds its row even before we learned the provider's id. The
 * MAC (HMAC-SHA256, cut to 128 bits) stops anyone who may sign for the account from naming attempts at will. It covers the
 * account, so that who may sign for one account can say nothing about messages of another. The path
 * has only unreserved ASCII and no query, so that no proxy has a reason to re-encode it.
 *
 * <p>By default the address carries the fragment {@code #rc=5&rp=all}: Twilio then retries five times on any failure,
 * instead of once and only when it could not connect (Twilio: webhook connection overrides). The fragment is never
 * sent to us and is no part of the signature.
 *
 * <p>Immutable, safe for use by many threads.
 */
public final class CallbackAddress {
    /** Five retries on any failure, the most that Twilio offers. */
    public static final String DEFAULT_OVERRIDES = "rc=5&rp=all";

    private static final Pattern OVERRIDES =
            Pattern.compile("((ct|rt|tt|rc|rp|e)=[a-z0-9,-]+)(&(ct|rt|tt|rc|rp|e)=[a-z0-9,-]+)*");
    private static final Pattern TAIL =
            Pattern.compile("/status/([a-z0-9]{1,16})/([0-9a-f]{32})\\.([1-9][0-9]{0,9})\\.([0-9a-f]{32})");
    private static final int MAC_BYTES = 16;
    private static final byte[] PURPOSE = "tidings/status-callback/1\0".getBytes(StandardCharsets.US_ASCII);
    /** Stands in for an unknown key, so that knowing a key id takes no other time; its result is never accepted. */
    private static final MacKey NO_KEY = new MacKey("none", new byte[32]);

    private final String publicUrl;
    private final String publicPath;
    private final List<MacKey> keys;
    /** With the first key. Never computes: each address is made with a copy, which spares finding the algorithm. */
    private final Mac signer;

    private final String start;
    private final String end;

    private CallbackAddress(String publicUrl, List<MacKey> keys, String overrides) {
        this.publicUrl = publicUrl;
        this.publicPath = URI.create(publicUrl).getRawPath();
        this.keys = keys;
        this.signer = hmac(keys.get(0));
        this.start = publicUrl + "/status/" + keys.get(0).id() + "/";
        this.end = overrides.isEmpty() ? "" : "#" + overrides;
    }

    /**
     * Uses the address under which the provider reaches this application, and the keys: the first signs, all are
     * accepted. Throws {@link IllegalArgumentException} with what to change if Twilio or a proxy would stumble over
     * the address.
     */
    public static CallbackAddress at(URI publicUrl, List<MacKey> keys) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("callback addresses need at least one key; set tidings.secret");
        }
        if (keys.stream().map(MacKey::id).distinct().count() < keys.size()) {
            throw new IllegalArgumentException("two callback keys have the same id; give each its own");
        }
        return new CallbackAddress(PublicUrl.normalize(publicUrl), List.copyOf(keys), DEFAULT_OVERRIDES);
    }

    /**
     * The same with other connection overrides, for example {@code rc=3&rp=5xx,ct&ct=2000}; an empty text sends none.
     */
    public CallbackAddress withOverrides(String fragment) {
        if (!fragment.isEmpty() && !OVERRIDES.matcher(fragment).matches()) {
            throw new IllegalArgumentException(
                    "connection overrides are pairs of ct, rt, tt, rc, rp or e joined by &, for example rc=5&rp=all");
        }
        return new CallbackAddress(publicUrl, keys, fragment);
    }

    /** What everything of ours starts with, as the provider sees it: no slash at its end. */
    public String publicUrl() {
        return publicUrl;
    }

    /** The path of {@link #publicUrl()}, empty for none. */
    public String publicPath() {
        return publicPath;
    }

    /** The address for one attempt through the house's account, made with the first key. */
    public URI uri(AttemptId attempt) {
        return uri(AccountId.DEFAULT, attempt);
    }

    /** The address for one attempt through this account, made with the first key. */
    public URI uri(AccountId account, AttemptId attempt) {
        UUID id = attempt.message().value();
        HexFormat hex = HexFormat.of();
        return URI.create(start + hex.toHexDigits(id.getMostSignificantBits())
                + hex.toHexDigits(id.getLeastSignificantBits()) + "." + attempt.number() + "."
                + hex.formatHex(mac(signer(), account, attempt)) + end);
    }

    /** The attempt through the house's account that an address names, if we made the address. */
    public Optional<AttemptId> read(String path) {
        return read(AccountId.DEFAULT, path);
    }

    /**
     * The attempt that an address names, if we made the address for this account: any of the keys, MAC compared in constant
     * time.
     *
     * @param account whose token signed the request
     * @param path the raw path as the provider called it, starting with {@link #publicPath()}, without a query
     */
    public Optional<AttemptId> read(AccountId account, String path) {
        if (!path.startsWith(publicPath)) {
            return Optional.empty();
        }
        Matcher parts = TAIL.matcher(path).region(publicPath.length(), path.length());
        if (!parts.matches() || Long.parseLong(parts.group(3)) > Integer.MAX_VALUE) {
            return Optional.empty();
        }
        AttemptId attempt = new AttemptId(messageId(parts.group(2)), Integer.parseInt(parts.group(3)));
        Optional<MacKey> key =
                keys.stream().filter(k -> k.id().equals(parts.group(1))).findFirst();
        byte[] given = HexFormat.of().parseHex(parts.group(4));
        boolean right = MessageDigest.isEqual(mac(hmac(key.orElse(NO_KEY)), account, attempt), given);
        return right && key.isPresent() ? Optional.of(attempt) : Optional.empty();
    }

    private static MessageId messageId(String hex) {
        return new MessageId(new UUID(Long.parseUnsignedLong(hex, 0, 16, 16), Long.parseUnsignedLong(hex, 16, 32, 16)));
    }

    private Mac signer() {
        try {
            return (Mac) signer.clone();
        } catch (CloneNotSupportedException e) {
            // Some security providers cannot copy one.
            return hmac(keys.get(0));
        }
    }

    private static Mac hmac(MacKey key) {
        try {
            Mac hmac = Mac.getInstance("HmacSHA256");
            hmac.init(new SecretKeySpec(key.bytes(), "HmacSHA256"));
            return hmac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256; check its security providers", e);
        }
    }

    /** The house's account is not named, so that addresses are right that were made before there were others. */
    private static byte[] mac(Mac hmac, AccountId account, AttemptId attempt) {
        UUID id = attempt.message().value();
        ByteBuffer signed = ByteBuffer.allocate(PURPOSE.length + 2 * Long.BYTES + Integer.BYTES)
                .put(PURPOSE)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .putInt(attempt.number());
        hmac.update(signed.array());
        byte[] named = account.equals(AccountId.DEFAULT)
                ? new byte[0]
                : account.value().getBytes(StandardCharsets.UTF_8);
        return Arrays.copyOf(hmac.doFinal(named), MAC_BYTES);
    }

    @Override
    public String toString() {
        return "CallbackAddress[" + publicUrl + ", keys " + keys + "]";
    }
}
