package io.tidings.webhook;

import io.tidings.message.Secret;
import io.tidings.webhook.RawCallback.Parameter;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks {@code X-Twilio-Signature}: HMAC-SHA1 with the account's auth token over the address and the sorted form
 * parameters (Twilio: webhook security).
 *
 * <p>Our own, because the SDK's validator rebuilds the address from decoded parts, which refuses genuine requests with
 * percent escapes, and its maps lose repeated parameters.
 */
final class TwilioSignature {
    private static final String BODY_HASH = "bodySHA256=";

    private final List<Secret> tokens;

    /** Accepts any of the tokens, which are several while they are rotated; none accepts nothing. */
    TwilioSignature(List<Secret> tokens) {
        this.tokens = List.copyOf(tokens);
    }

    /**
     * Whether one of the tokens signed this.
     *
     * @param given the header
     * @param url the address the provider was given; a fragment is ignored
     * @param parameters of the form in the body; none for GET
     */
    boolean matches(String given, String url, List<Parameter> parameters) {
        byte[] signature = given.getBytes(StandardCharsets.UTF_8);
        String form = canonical(parameters);
        boolean matched = false;
        for (String variant : variants(url)) {
            for (Secret token : tokens) {
                byte[] expected = sign(token, variant + form).getBytes(StandardCharsets.UTF_8);
                matched |= MessageDigest.isEqual(expected, signature);
            }
        }
        return matched;
    }

    /** The same for a body that is no form: the address carries the hash of the raw body and alone is signed. */
    boolean matchesBody(String given, String url, byte[] body) {
        byte[] expected = HexFormat.of().formatHex(sha256(body)).getBytes(StandardCharsets.US_ASCII);
        boolean sameBody = MessageDigest.isEqual(expected, bodyHash(url).getBytes(StandardCharsets.UTF_8));
        return matches(given, url, List.of()) && sameBody;
    }

    /** Base64 of the HMAC over a text, as the provider computes it. */
    static String sign(Secret token, String text) {
        try {
            Mac hmac = Mac.getInstance("HmacSHA1");
            hmac.init(new SecretKeySpec(token.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(hmac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA1; check its security providers", e);
        }
    }

    /** Names by code unit, each distinct value of a name sorted, name before every value, nothing between. */
    static String canonical(List<Parameter> parameters) {
        SortedMap<String, Set<String>> sorted = new TreeMap<>();
        for (Parameter parameter : parameters) {
            sorted.computeIfAbsent(parameter.name(), name -> new TreeSet<>()).add(parameter.value());
        }
        StringBuilder text = new StringBuilder();
        sorted.forEach(
                (name, values) -> values.forEach(value -> text.append(name).append(value)));
        return text.toString();
    }

    /**
     * The address as given, and with the port added or taken away: Twilio does not always sign the port it calls. Cut
     * as text, so that every escape stays as it is.
     */
    static List<String> variants(String url) {
        int fragment = url.indexOf('#');
        String plain = fragment < 0 ? url : url.substring(0, fragment);
        int host = plain.indexOf("://") + 3;
        int end = host;
        while (end < plain.length() && plain.charAt(end) != '/' && plain.charAt(end) != '?') {
            end++;
        }
        String authority = plain.substring(0, end);
        String rest = plain.substring(end);
        int port = authority.lastIndexOf(':');
        if (port >= host && authority.indexOf(']', port) < 0) {
            return List.of(plain, authority.substring(0, port) + rest);
        }
        return List.of(plain, authority + (plain.startsWith("https:") ? ":443" : ":80") + rest);
    }

    /** The hash in the query; empty if there is none, or more than one to choose from. */
    private static String bodyHash(String url) {
        int at = Math.max(url.indexOf("?" + BODY_HASH), url.indexOf("&" + BODY_HASH)) + 1;
        if (at == 0 || url.indexOf(BODY_HASH) != url.lastIndexOf(BODY_HASH)) {
            return "";
        }
        String rest = url.substring(at + BODY_HASH.length());
        int next = rest.indexOf('&');
        return next < 0 ? rest : rest.substring(0, next);
    }

    private static byte[] sha256(byte[] body) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(body);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256; check its security providers", e);
        }
    }
}
