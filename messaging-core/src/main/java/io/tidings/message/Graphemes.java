package io.tidings.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Cuts a text into grapheme clusters the way Twilio's segment calculator does: the rules of Unicode 10.0.0 (UAX 29) as
 * its library grapheme-splitter 1.0.4 applies them, including where that departs from the standard. The JDK's own
 * tables are newer and differ from release to release, so that the same text would cost different amounts.
 *
 * <p>Linear in the length of the text; the original is not.
 */
final class Graphemes {
    private static final GraphemeTable TABLE = GraphemeTable.load();

    private final String text;

    /** The class at the start of the cluster. */
    private Break first = Break.OTHER;
    /** The last two classes in the cluster; {@code before} is null while it has one. */
    private Break last = Break.OTHER;

    private boolean alone;
    private Break before = Break.OTHER;
    /** Of everything behind the start: */
    private boolean onlyExtend;

    private boolean onlyRegional;
    private boolean anyRegional;
    private boolean regionalRun;
    /** Of the whole cluster: */
    private boolean anyExtend;

    private Graphemes(String text) {
        this.text = text;
    }

    /** The end of the cluster that begins at the index. */
    static int end(String text, int from) {
        return new Graphemes(text).endOf(from);
    }

    /** All clusters in order; CR LF counts as two, as in the calculator. */
    static List<String> split(String text) {
        List<String> clusters = new ArrayList<>();
        for (int from = 0, to; from < text.length(); from = to) {
            to = end(text, from);
            clusters.add(text.substring(from, to));
        }
        return clusters;
    }

    private int endOf(int from) {
        int code = text.codePointAt(from);
        if (code == '\r') {
            return from + 1;
        }
        start(TABLE.of(code));
        int at = from + Character.charCount(code);
        while (at < text.length()) {
            code = text.codePointAt(at);
            Break next = TABLE.of(code);
            if (breaksBefore(next)) {
                return at;
            }
            push(next);
            at += Character.charCount(code);
        }
        return at;
    }

    private void start(Break only) {
        first = only;
        last = only;
        alone = true;
        onlyExtend = true;
        onlyRegional = true;
        anyRegional = false;
        regionalRun = false;
        anyExtend = only == Break.EXTEND;
    }

    private void push(Break next) {
        if (next == Break.REGIONAL) {
            anyRegional = true;
            regionalRun = onlyRegional;
        }
        onlyExtend &= next == Break.EXTEND;
        onlyRegional &= next == Break.REGIONAL;
        anyExtend |= next == Break.EXTEND;
        before = last;
        last = next;
        alone = false;
    }

    private boolean breaksBefore(Break next) {
        if (cutsModifier(next) || cutsRegional(next)) {
            return true;
        }
        if (last.isControl() || next.isControl()) {
            return true;
        }
        if (last.joinsHangul(next) || next.joinsAnything() || last == Break.PREPEND) {
            return false;
        }
        if (next == Break.E_MODIFIER && modifiable()) {
            return false;
        }
        if (last == Break.ZWJ && (next == Break.GLUE || next == Break.E_BASE_GLUE)) {
            return false;
        }
        return anyRegional || last != Break.REGIONAL || next != Break.REGIONAL;
    }

    /** The library's look-ahead for GB10. */
    private boolean cutsModifier(Break next) {
        return next == Break.E_MODIFIER && !alone && onlyExtend && first != Break.EXTEND && !first.isEmojiBase();
    }

    /** The library's look-ahead for GB12 and GB13: also ends a flag at its second combining character. */
    private boolean cutsRegional(Break next) {
        if (last == Break.PREPEND || last == Break.REGIONAL) {
            return false;
        }
        return next == Break.REGIONAL ? onlyRegional : anyRegional && regionalRun;
    }

    private boolean modifiable() {
        if (!anyExtend) {
            return last.isEmojiBase();
        }
        return last == Break.EXTEND && !alone && before.isEmojiBase();
    }

    /** The classes of UAX 29, table 2, in its edition 10. */
    enum Break {
        CONTROL,
        EXTEND,
        REGIONAL,
        SPACING,
        L,
        V,
        T,
        LV,
        LVT,
        OTHER,
        PREPEND,
        E_BASE,
        E_MODIFIER,
        ZWJ,
        GLUE,
        E_BASE_GLUE;

        static Break named(String name) {
            return valueOf(name.toUpperCase(Locale.ROOT));
        }

        boolean isControl() {
            return this == CONTROL;
        }

        boolean isEmojiBase() {
            return this == E_BASE || this == E_BASE_GLUE;
        }

        boolean joinsAnything() {
            return this == EXTEND || this == ZWJ || this == SPACING;
        }

        boolean joinsHangul(Break next) {
            return switch (this) {
                case L -> next == L || next == V || next == LV || next == LVT;
                case LV, V -> next == V || next == T;
                case LVT, T -> next == T;
                default -> false;
            };
        }
    }
}
