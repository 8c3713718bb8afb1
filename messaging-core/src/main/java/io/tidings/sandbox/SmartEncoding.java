package io.tidings.sandbox;

import java.util.HashMap;
import java.util.Map;

/** The common replacements of Twilio's Smart Encoding; Twilio's own table has about 270 rows. */
final class SmartEncoding {
    private static final Map<Integer, String> TWINS = twins();

    private SmartEncoding() {}

    static String apply(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(each -> {
            String twin = TWINS.get(each);
            if (twin == null) {
                out.appendCodePoint(each);
            } else {
                out.append(twin);
            }
        });
        return out.toString();
    }

    private static Map<Integer, String> twins() {
        Map<Integer, String> twins = new HashMap<>();
        put(twins, "\u00ab\u00bb\u201c\u201d\u201e\u201f\u2033\u275d\u275e\u301d\u301e\uff02", "\"");
        put(twins, "\u2018\u2019\u201a\u201b\u2032\u2039\u203a\u02bc\u02b9\u02c8\u275b\u275c`\u00b4\uff07", "'");
        put(twins, "\u2010\u2011\u2012\u2013\u2014\u2015\u2022\u2212\u2043\ufe58\ufe63\uff0d", "-");
        put(twins, "\u2026", "...");
        put(twins, "\u00f7\u2044\u2215", "/");
        put(twins, "\u00bc", "1/4");
        put(twins, "\u00bd", "1/2");
        put(twins, "\u00be", "3/4");
        put(twins, "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000", " ");
        put(twins, "\u200b\u200c\u200d\u2060\ufeff", "");
        put(twins, "\u2028\u2029", "\n");
        put(twins, "\t", " ");
        put(twins, "\u203c", "!!");
        put(twins, "\u02c6", "^");
        put(twins, "\u02dc\u223c", "~");
        return Map.copyOf(twins);
    }

    private static void put(Map<Integer, String> twins, String from, String to) {
        from.codePoints().forEach(each -> twins.put(each, to));
    }
}
