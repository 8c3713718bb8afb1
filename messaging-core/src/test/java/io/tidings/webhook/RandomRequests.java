package io.tidings.webhook;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Addresses and forms of every odd shape, and small changes to them. */
final class RandomRequests {
    private static final String[] HOSTS = {"a.example", "xn--bcher-kva.example", "127.0.0.1", "SHOP.example.com"};
    private static final String[] PLAIN = {"a", "Z", "0", "-", "_", "~", ".", "/", "cb"};
    private static final String[] ODD = {
        "%26", "%2B", "%2f", "%2F", "%E2%82%AC", "%20", "+", ":", "@", "%25", "%00", ";", ",", "é", "%c3%a9", "!", "'"
    };
    private static final String[] VALUES = {
        "", "a", "A", "1", "+12025550100", "héllo", "€", "😀", "a b", "&", "=", "%", "+", "\n", "中文", "ａ", "\u00ad"
    };

    private RandomRequests() {}

    static String plainUrl(RandomGenerator random) {
        String port = random.nextInt(3) == 0 ? ":" + pick(random, "443", "80", "8080", "1") : "";
        String query = random.nextBoolean() ? "?" + text(random, PLAIN, 3) + "=" + text(random, PLAIN, 3) : "";
        return pick(random, "https", "http") + "://" + pick(random, HOSTS) + port + "/" + text(random, PLAIN, 6)
                + query;
    }

    static String url(RandomGenerator random) {
        String fragment = random.nextInt(4) == 0 ? "#rc=5&rp=all" : "";
        String path = text(random, PLAIN, 4) + text(random, ODD, 3);
        String query = random.nextBoolean() ? "?" + text(random, ODD, 3) + "=" + text(random, PLAIN, 3) + "&x" : "";
        String bare = plainUrl(random);
        return bare + (bare.contains("?") ? "&" + path : path + query) + fragment;
    }

    static List<Map.Entry<String, String>> parameters(RandomGenerator random) {
        List<Map.Entry<String, String>> all = new ArrayList<>();
        int count = random.nextInt(8);
        for (int i = 0; i < count; i++) {
            all.add(Map.entry(pick(random, PLAIN) + text(random, VALUES, 2), text(random, VALUES, 3)));
            if (random.nextInt(5) == 0) {
                all.add(Map.entry(all.get(random.nextInt(all.size())).getKey(), text(random, VALUES, 3)));
            }
        }
        Collections.shuffle(all, new Random(random.nextLong()));
        return all;
    }

    /** A signature as Twilio might compute it: with the port or without. */
    static String signature(RandomGenerator random, String token, String url, List<Map.Entry<String, String>> form) {
        Set<String> equivalents = ReferenceSignature.equivalents(url);
        return ReferenceSignature.sign(token, pick(random, equivalents.toArray(new String[0])), form);
    }

    /** The same text, or in half of the cases one with one character more, less or other behind the host. */
    static String slightlyChanged(RandomGenerator random, String text) {
        if (random.nextBoolean()) {
            return text;
        }
        int from = text.startsWith("http") ? text.indexOf('/', 8) + 1 : 0;
        int at = random.nextInt(from, text.length() + 1);
        String rest = text.substring(Math.min(text.length(), at + random.nextInt(2)));
        return text.substring(0, at) + pick(random, "", "a", "%", "B", "/") + rest;
    }

    static List<Map.Entry<String, String>> slightlyChangedForm(
            RandomGenerator random, List<Map.Entry<String, String>> form) {
        List<Map.Entry<String, String>> changed = new ArrayList<>(form);
        Collections.shuffle(changed, new Random(random.nextLong()));
        if (changed.isEmpty() || random.nextInt(3) > 0) {
            return changed;
        }
        int at = random.nextInt(changed.size());
        Map.Entry<String, String> entry = changed.get(at);
        switch (random.nextInt(4)) {
            case 0 -> changed.remove(at);
            case 1 -> changed.add(entry);
            case 2 -> changed.set(at, Map.entry(entry.getKey(), entry.getValue() + pick(random, VALUES)));
            default -> changed.set(at, Map.entry(entry.getKey() + pick(random, VALUES), entry.getValue()));
        }
        return changed;
    }

    static String text(RandomGenerator random, String[] pieces, int most) {
        StringBuilder text = new StringBuilder();
        int count = random.nextInt(most + 1);
        for (int i = 0; i < count; i++) {
            text.append(pick(random, pieces));
        }
        return text.toString();
    }

    static String pick(RandomGenerator random, String... all) {
        return all[random.nextInt(all.length)];
    }
}
