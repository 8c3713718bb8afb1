package io.tidings.audit;

import io.tidings.account.TidingsSecret;
import io.tidings.audit.AuditChain.Head;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A signed statement of how long a chain was at a moment, and with which head. Whoever has one can tell a chain that was
 * cut or rewritten since.
 *
 * @param chain the chain
 * @param segment its open segment
 * @param sequence the number of its newest record
 * @param head the hash of that record
 * @param count how many records the open segment had
 * @param at when
 * @param signed how it is signed
 */
public record Checkpoint(
        String chain, String segment, long sequence, String head, long count, Instant at, Signed signed) {
    private static final String HMAC = "HMAC-SHA256";
    private static final String ED25519 = "Ed25519";

    /**
     * A signature.
     *
     * @param algorithm {@code HMAC-SHA256} or {@code Ed25519}
     * @param key the id of the key: of the secret, or the first eight digits of the public key's SHA-256
     * @param signature the signature in hexadecimal
     */
    public record Signed(String algorithm, String key, String signature) {}

    static Checkpoint of(Head head, Instant now, TidingsSecret secret, @Nullable KeyPair pair) {
        String algorithm = pair == null ? HMAC : ED25519;
        String keyId = pair == null ? secret.currentKeyId() : id(pair.getPublic());
        Checkpoint unsigned = new Checkpoint(
                head.chain(),
                head.segment(),
                head.sequence(),
                head.hash(),
                head.inSegment(),
                now.truncatedTo(ChronoUnit.MICROS),
                new Signed(algorithm, keyId, ""));
        String signature = pair == null
                ? unsigned.form().mac(secret.currentKey(TidingsSecret.Purpose.AUDIT))
                : sign(unsigned.form().bytes(), pair);
        return unsigned.with(new Signed(algorithm, keyId, signature));
    }

    private Checkpoint with(Signed signature) {
        return new Checkpoint(chain, segment, sequence, head, count, at, signature);
    }

    private Canonical form() {
        return new Canonical("tidings-audit-checkpoint-1")
                .field(chain)
                .field(segment)
                .field(sequence)
                .field(head)
                .field(count)
                .time(at)
                .field(signed.algorithm())
                .field(signed.key());
    }

    private static String sign(byte[] form, KeyPair pair) {
        try {
            Signature signature = Signature.getInstance(ED25519);
            signature.initSign(pair.getPrivate());
            signature.update(form);
            return HexFormat.of().formatHex(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the Ed25519 key cannot sign; give another key pair", e);
        }
    }

    static String id(PublicKey key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no SHA-256, which every Java must have", e);
        }
    }

    /** Whether the signature is right, by the secret for HMAC and by the public key for Ed25519. */
    public boolean isGenuine(@Nullable TidingsSecret secret, @Nullable PublicKey key) {
        if (signed.algorithm().equals(HMAC) && secret != null) {
            Optional<String> expected =
                    secret.key(TidingsSecret.Purpose.AUDIT, signed.key()).map(mac -> form().mac(mac));
            return expected.isPresent()
                    && MessageDigest.isEqual(
                            expected.get().getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                            signed.signature().getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        }
        return signed.algorithm().equals(ED25519) && key != null && verifies(key);
    }

    private boolean verifies(PublicKey key) {
        try {
            Signature verification = Signature.getInstance(ED25519);
            verification.initVerify(key);
            verification.update(form().bytes());
            return verification.verify(HexFormat.of().parseHex(signed.signature()));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    /** As one line of JSON, for a file or a log; it holds nothing personal. */
    public String line() {
        return AuditJson.line(this);
    }

    /** Reads what {@link #line} wrote. Throws {@link IllegalArgumentException} for anything else. */
    public static Checkpoint parse(String line) {
        return AuditJson.checkpoint(line);
    }
}
