package io.tidings.message;

import io.tidings.message.Graphemes.Break;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The grapheme break class of each code point, from {@code graphemes.txt}. */
final class GraphemeTable {
    private static final int HANGUL_FIRST = 0xAC00;
    private static final int HANGUL_LAST = 0xD7A3;
    private static final int HANGUL_PER_VOWEL = 28;

    private final int[] from;
    private final int[] to;
    private final Break[] kind;

    private GraphemeTable(List<Range> ranges) {
        from = ranges.stream().mapToInt(Range::from).toArray();
        to = ranges.stream().mapToInt(Range::to).toArray();
        kind = ranges.stream().map(Range::kind).toArray(Break[]::new);
    }

    static GraphemeTable load() {
        return new GraphemeTable(DataFile.lines("graphemes.txt").stream()
                .map(line -> line.split(" ", -1))
                .flatMap(fields -> Arrays.stream(fields).skip(1).map(range -> Range.parse(fields[0], range)))
                .sorted(Comparator.comparingInt(Range::from))
                .toList());
    }

    Break of(int code) {
        if (code == '\r' || code == '\n') {
            return Break.CONTROL;
        }
        if (code >= HANGUL_FIRST && code <= HANGUL_LAST) {
            return (code - HANGUL_FIRST) % HANGUL_PER_VOWEL == 0 ? Break.LV : Break.LVT;
        }
        int found = Arrays.binarySearch(from, code);
        int range = found >= 0 ? found : -found - 2;
        return range >= 0 && code <= to[range] ? kind[range] : Break.OTHER;
    }

    private record Range(int from, int to, Break kind) {
        static Range parse(String kind, String text) {
            int dash = text.indexOf('-');
            String first = dash < 0 ? text : text.substring(0, dash);
            return new Range(
                    Integer.parseInt(first, 16), Integer.parseInt(text.substring(dash + 1), 16), Break.named(kind));
        }
    }
}
