package io.tidings.message;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Who talks with whom: what is said inside one of these keeps its order. SMS and MMS are one conversation, WhatsApp is
 * another.
 *
 * @param tenant who owns our side
 * @param sender our number or short code
 * @param number the person
 * @param whatsApp whether it is held on WhatsApp
 */
public record Conversation(TenantId tenant, Sender sender, PhoneNumber number, boolean whatsApp) {

    /** Refuses {@code null}. */
    public Conversation {
        requireNonNull(tenant, "tenant");
        requireNonNull(sender, "sender");
        requireNonNull(number, "number");
    }

    /** The order key of messages sent in this conversation: a digest, because order keys are printed. */
    public String orderKey() {
        String parts = tenant.value() + "\n" + sender.address() + "\n" + number.e164() + "\n" + whatsApp;
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(parts.getBytes(StandardCharsets.UTF_8));
            return "conversation:" + HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
