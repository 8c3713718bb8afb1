package io.tidings.sandbox;

import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Addresses that are reached elsewhere, as behind a proxy or a tunnel. Safe for use by many threads. */
final class Detours {
    private final Map<String, String> elsewhere = new ConcurrentHashMap<>();

    void add(String address, String reached) {
        elsewhere.put(trimmed(address), trimmed(reached));
    }

    /** Where this address is reached: what comes after the longest part that is known stays. */
    String of(String url) {
        return elsewhere.keySet().stream()
                .filter(address -> isBelow(address, url))
                .max(Comparator.comparingInt(String::length))
                .map(address -> elsewhere.get(address) + url.substring(address.length()))
                .orElse(url);
    }

    private static boolean isBelow(String address, String url) {
        return url.startsWith(address)
                && (url.length() == address.length() || "/?#".indexOf(url.charAt(address.length())) >= 0);
    }

    private static String trimmed(String address) {
        return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }
}
