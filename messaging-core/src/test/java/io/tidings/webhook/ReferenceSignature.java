package io.tidings.webhook;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Twilio's signature written a second time, on nothing but a digest and a regex, so that both cannot share a mistake. */
final class ReferenceSignature {
    private static final Pattern URL = Pattern.compile("(https?)://(\\[[^\\]]*\\]|[^:/?#]*)(:[0-9]+)?([^#]*)(?:#.*)?");

    private ReferenceSignature() {}

    static String sign(String token, String url, List<Map.Entry<String, String>> parameters) {
        String form = parameters.stream()
                .distinct()
                .sorted(Comparator.comparing(Map.Entry<String, String>::getKey).thenComparing(Map.Entry::getValue))
                .map(entry -> entry.getKey() + entry.getValue())
                .collect(Collectors.joining());
        int fragment = url.indexOf('#');
        String called = fragment < 0 ? url : url.substring(0, fragment);
        return Base64.getEncoder().encodeToString(hmac(utf8(token), utf8(called + form)));
    }

    /** Every address whose signature is good for this one. */
    static Set<String> equivalents(String url) {
        Matcher parts = URL.matcher(url);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not an http address");
        }
        String start = parts.group(1) + "://" + parts.group(2);
        String port = parts.group(3);
        String standard = parts.group(1).equals("https") ? ":443" : ":80";
        Set<String> all = new LinkedHashSet<>();
        all.add(start + parts.group(4));
        all.add(start + (port == null ? standard : port) + parts.group(4));
        return all;
    }

    private static byte[] hmac(byte[] key, byte[] text) {
        byte[] block = Arrays.copyOf(key.length > 64 ? sha1(key) : key, 64);
        byte[] inner = block.clone();
        byte[] outer = block.clone();
        for (int i = 0; i < 64; i++) {
            inner[i] ^= 0x36;
            outer[i] ^= 0x5c;
        }
        return sha1(outer, sha1(inner, text));
    }

    private static byte[] sha1(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        try {
            return MessageDigest.getInstance("SHA-1").digest(all.toByteArray());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
