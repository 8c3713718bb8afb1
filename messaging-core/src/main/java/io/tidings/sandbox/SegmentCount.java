package io.tidings.sandbox;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sandbox's own count of segments: GSM-7 when every character is in its table, otherwise UCS-2, where a grapheme is
 * not split over two parts. Written apart from every other counter, so that a wrong one shows.
 */
final class SegmentCount {
    private static final String BASIC =
            "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                    + "ÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    private static final String EXTENSION = "\f^{}\\[~]|€";
    private static final Pattern GRAPHEME = Pattern.compile("\\r\\n|\\X");

    private SegmentCount() {}

    static int of(String text) {
        if (text.isEmpty()) {
            return 1;
        }
        return text.chars().allMatch(SegmentCount::isGsm) ? gsm(text) : ucs2(text);
    }

    private static boolean isGsm(int character) {
        return BASIC.indexOf(character) >= 0 || EXTENSION.indexOf(character) >= 0;
    }

    private static int gsm(String text) {
        Parts parts = new Parts(160, 153);
        text.chars().forEach(each -> parts.add(EXTENSION.indexOf(each) >= 0 ? 2 : 1));
        return parts.count();
    }

    private static int ucs2(String text) {
        Parts parts = new Parts(70, 67);
        Matcher graphemes = GRAPHEME.matcher(text);
        while (graphemes.find()) {
            int units = graphemes.end() - graphemes.start();
            if (units > 67 || graphemes.group().equals("\r\n")) {
                // Longer than a part, so that it must be split; and the line end counts as two characters.
                for (int i = 0; i < units; i++) {
                    parts.add(1);
                }
            } else {
                parts.add(units);
            }
        }
        return parts.count();
    }

    /** Fills parts with units that may not be split. */
    private static final class Parts {
        private final int single;
        private final int each;
        private int total;
        private int full;
        private int used;

        Parts(int single, int each) {
            this.single = single;
            this.each = each;
        }

        void add(int units) {
            total += units;
            if (used + units > each) {
                full++;
                used = 0;
            }
            used += units;
        }

        int count() {
            return total <= single ? 1 : full + 1;
        }
    }
}
