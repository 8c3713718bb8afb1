package io.tidings.message;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a text is encoded and into how many billed parts it is cut. Counts exactly as Twilio's own calculator
 * (sms-segments-calculator 1.3.0) does: parts are filled greedily; neither an escaped GSM-7 character nor a grapheme
 * is split over two parts, so there can be more parts than the units alone would need.
 *
 * @param encoding GSM-7 if every character is in it, else UCS-2 for the whole text
 * @param count the billed parts, at least 1, also for an empty text
 * @param units septets (GSM-7, where {@code ^ { } \ [ ~ ] | €} and form feed cost two) or UTF-16 units (UCS-2)
 * @param remaining the units that still fit into the last part
 * @param forcing the characters that force UCS-2, each once, in order of appearance; empty for GSM-7
 */
public record Segments(Encoding encoding, int count, int units, int remaining, List<ForcingCharacter> forcing) {

    /** Copies the list. */
    public Segments {
        forcing = List.copyOf(forcing);
    }

    /** Counts a text as it is. Any text is fine, also an empty one and one with lone surrogates. */
    public static Segments of(String text) {
        return Gsm7.covers(text) ? gsm7(text) : ucs2(text);
    }

    /** Counts a text after {@link SmartEncoding}, if asked for; positions then belong to the replaced text. */
    public static Segments of(String text, boolean smartEncoded) {
        return of(smartEncoded ? SmartEncoding.apply(text) : text);
    }

    private static Segments gsm7(String text) {
        Filling filling = new Filling(Encoding.GSM_7);
        for (int i = 0; i < text.length(); i++) {
            filling.add(Gsm7.septets(text.charAt(i)));
        }
        return filling.done(List.of());
    }

    private static Segments ucs2(String text) {
        Filling filling = new Filling(Encoding.UCS_2);
        Map<String, ForcingCharacter> forcing = new LinkedHashMap<>();
        for (int from = 0, to; from < text.length(); from = to) {
            to = Graphemes.end(text, from);
            filling.add(to - from);
            if (to - from > 1 || Gsm7.septets(text.charAt(from)) == 0) {
                String grapheme = text.substring(from, to);
                forcing.merge(grapheme, new ForcingCharacter(grapheme, from, 1), Segments::again);
            }
        }
        return filling.done(new ArrayList<>(forcing.values()));
    }

    private static ForcingCharacter again(ForcingCharacter known, ForcingCharacter same) {
        return new ForcingCharacter(known.grapheme(), known.position(), known.occurrences() + same.occurrences());
    }

    /** Leaves the characters out: together they can be most of the text. */
    @Override
    public String toString() {
        return "Segments[" + encoding + ", count=" + count + ", units=" + units + ", remaining=" + remaining
                + ", forcing=" + forcing.size() + "]";
    }

    /** The parts while they are filled. When the first one overflows it gets a header, and hands over what it loses. */
    private static final class Filling {
        private final Encoding encoding;
        private int parts = 1;
        private int used;
        private int keptByFirst;
        private int units;

        Filling(Encoding encoding) {
            this.encoding = encoding;
        }

        void add(int size) {
            if (used + size > encoding.capacity(parts)) {
                used = parts == 1 ? used - keptByFirst : 0;
                parts++;
            }
            used += size;
            units += size;
            if (parts == 1 && used <= encoding.capacity(2)) {
                keptByFirst = used;
            }
        }

        Segments done(List<ForcingCharacter> forcing) {
            return new Segments(encoding, parts, units, Math.max(0, encoding.capacity(parts) - used), forcing);
        }
    }
}
