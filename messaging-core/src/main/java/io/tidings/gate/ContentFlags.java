package io.tidings.gate;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds words and phrases that a host wants to know about, in any text: what is sent, what comes in, a transcript.
 *
 * <p>Whole words are compared, without regard to case, accents, width, invisible characters and the punctuation between
 * words: {@code payday loan} is found in "PAYDAY-Loan!", not in "paydays". Scripts without blanks (Han, kana, Thai) are
 * compared character by character. There are no regular expressions, so no text can make the search slow: it takes the
 * length of the text times the number of terms that begin with the same word. Immutable and safe for use by many threads.
 */
public final class ContentFlags {
    private static final int MOST_TERMS = 10_000;
    private static final int LONGEST_TERM = 200;

    private final Map<String, List<Term>> byFirstWord;
    private final Map<String, Action> actions;

    /** What happens to a message whose text is found. */
    public enum Action {
        /** It goes out; the finding is recorded and told. */
        FLAG,
        /** It is refused. */
        REFUSE
    }

    private record Term(String flag, List<String> words) {
        boolean isAt(List<String> text, int at) {
            return at + words.size() <= text.size()
                    && text.subList(at, at + words.size()).equals(words);
        }
    }

    private ContentFlags(Map<String, List<Term>> byFirstWord, Map<String, Action> actions) {
        this.byFirstWord = byFirstWord;
        this.actions = Map.copyOf(actions);
    }

    /** Finds nothing. */
    public static ContentFlags none() {
        return new ContentFlags(Map.of(), Map.of());
    }

    /**
     * The same, and these words and phrases under this name. The name, not the word, is what records and alerts show.
     * At most 10,000 of at most 200 characters.
     */
    public ContentFlags with(String flag, Action action, String... terms) {
        if (!flag.matches("[A-Za-z0-9._-]{1,64}")) {
            throw new IllegalArgumentException("the name of a flag is 1 to 64 letters, digits, '.', '_' or '-'");
        }
        Action before = actions.get(flag);
        if (before != null && before != action) {
            throw new IllegalArgumentException("the flag '" + flag + "' is " + before + " already, it cannot be "
                    + action + " too; use two names");
        }
        Map<String, List<Term>> found = new HashMap<>();
        byFirstWord.forEach((word, list) -> found.put(word, new ArrayList<>(list)));
        for (String term : terms) {
            List<String> words = words(checked(term));
            if (words.isEmpty()) {
                throw new IllegalArgumentException("a term of the flag '" + flag + "' has no letter and no digit");
            }
            found.computeIfAbsent(words.get(0), key -> new ArrayList<>()).add(new Term(flag, words));
        }
        if (found.values().stream().mapToInt(List::size).sum() > MOST_TERMS) {
            throw new IllegalArgumentException("content flags hold at most " + MOST_TERMS + " terms");
        }
        Map<String, Action> all = new HashMap<>(actions);
        all.put(flag, action);
        return new ContentFlags(found, all);
    }

    private static String checked(String term) {
        if (term.length() > LONGEST_TERM) {
            throw new IllegalArgumentException(
                    "a term has at most " + LONGEST_TERM + " characters, got " + term.length());
        }
        return term;
    }

    /** Whether there is nothing to find. */
    public boolean isEmpty() {
        return byFirstWord.isEmpty();
    }

    /** The gate that looks for them and tells this one. */
    public Gate gate(ContentListener listener) {
        return new ContentGate(this, listener);
    }

    /** The names of all flags that the text raises, sorted. */
    public Set<String> find(String text) {
        Set<String> flags = new TreeSet<>();
        if (!byFirstWord.isEmpty()) {
            List<String> words = words(text);
            for (int at = 0; at < words.size(); at++) {
                for (Term term : byFirstWord.getOrDefault(words.get(at), List.of())) {
                    if (term.isAt(words, at)) {
                        flags.add(term.flag());
                    }
                }
            }
        }
        return flags;
    }

    /** What is to be done about a flag of {@link #find}. */
    public Action action(String flag) {
        Action action = actions.get(flag);
        if (action == null) {
            throw new IllegalArgumentException("there is no flag '" + flag + "'; known are " + actions.keySet());
        }
        return action;
    }

    private static List<String> words(String text) {
        String folded = Normalizer.normalize(text, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        folded.codePoints().filter(c -> !isIgnored(c)).forEach(c -> {
            boolean alone = isWithoutBlanks(c);
            if ((alone || !Character.isLetterOrDigit(c)) && word.length() > 0) {
                words.add(word.toString());
                word.setLength(0);
            }
            if (alone) {
                words.add(Character.toString(c));
            } else if (Character.isLetterOrDigit(c)) {
                word.appendCodePoint(c);
            }
        });
        if (word.length() > 0) {
            words.add(word.toString());
        }
        return words;
    }

    /** Accents, and invisible characters that would hide a word. */
    private static boolean isIgnored(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.FORMAT;
    }

    private static boolean isWithoutBlanks(int c) {
        Character.UnicodeScript script = Character.UnicodeScript.of(c);
        return Character.isLetter(c)
                && (script == Character.UnicodeScript.HAN
                        || script == Character.UnicodeScript.HIRAGANA
                        || script == Character.UnicodeScript.KATAKANA
                        || script == Character.UnicodeScript.THAI);
    }
}
