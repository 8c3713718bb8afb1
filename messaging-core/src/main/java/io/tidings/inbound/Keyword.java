package io.tidings.inbound;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A word that messages are told apart by.
 *
 * <p>Case, diacritics and width do not count ({@code ÉTÉ} is {@code ete}), nor do blanks and punctuation around a word
 * or around the message ({@code "Yes!"} is {@code yes}); blanks inside count as one.
 *
 * @param word the word or words, folded
 * @param firstWordOnly whether more text may follow
 */
public record Keyword(String word, boolean firstWordOnly) {
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");
    private static final Pattern AROUND = Pattern.compile("^[\\p{P}\\p{S}\\p{C} ]+|[\\p{P}\\p{S}\\p{C} ]+$");
    /** A keyword stands at the beginning: whoever writes a novel pays for its own folding. */
    private static final int LONGEST = 160;

    /** Folds the word. */
    public Keyword {
        word = fold(word);
        if (word.isEmpty() || word.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "a keyword has 1 to " + LONGEST + " characters and is not punctuation alone");
        }
    }

    /** The whole message is this word, or these words. */
    public static Keyword whole(String word) {
        return new Keyword(word, false);
    }

    /** The message begins with this word, or these words. */
    public static Keyword first(String word) {
        return new Keyword(word, true);
    }

    boolean matches(String text) {
        String said = fold(text.substring(0, Math.min(text.length(), 2 * LONGEST)));
        if (!firstWordOnly) {
            return said.equals(word);
        }
        return said.startsWith(word)
                && (said.length() == word.length() || !Character.isLetterOrDigit(said.codePointAt(word.length())));
    }

    private static String fold(String text) {
        String decomposed = Normalizer.normalize(text, Normalizer.Form.NFKD);
        String plain = MARKS.matcher(decomposed)
                .replaceAll("")
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
        return AROUND.matcher(BLANKS.matcher(plain).replaceAll(" ")).replaceAll("");
    }
}
