package io.tidings.consent;

import java.text.Normalizer;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The words that a whole message may consist of to be a command, and what is answered.
 *
 * <p>{@link #standard()} has Twilio's words (STOP, STOPALL, UNSUBSCRIBE, CANCEL, END, QUIT, REVOKE, OPTOUT; START, YES,
 * UNSTOP; HELP, INFO; in French ARRET, ARRETE, ARRETT), those that the FCC names (47 CFR 64.1200(a)(10) adds “opt out”)
 * and the French HELP of Canada's carriers, AIDE. More words can be added; none can be taken away.
 *
 * <p>STOP, HELP and CONFIRM are found in any case, with or without accents, blanks, quotation marks and punctuation
 * around them, because somebody who writes “Stop!” means it. START must be the bare word, as Twilio wants it: in doubt
 * nobody is texted again. Nothing inside a longer sentence is a command: “please stop calling” is for a human reader.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class Keywords {
    private static final Pattern MARKS = Pattern.compile("[\\u0300-\\u036F]");
    /** Zero-width and bidirectional marks, variation selectors: some keyboards add them unseen. */
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cf}\\uFE00-\\uFE0F]");

    private static final Pattern AROUND = Pattern.compile("^[\\s\\p{Z}\\p{P}\\p{S}]+|[\\s\\p{Z}\\p{P}\\p{S}]+$");
    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");
    private static final int LONGEST = 64;

    private final Map<Family, Set<String>> words;
    private final Map<Family, String> replies;

    /** What a keyword asks for. */
    public enum Family {
        /** No more messages. */
        STOP,
        /** Messages again. */
        START,
        /** Who is this, and how do I get out? */
        HELP,
        /** Yes to the pending request of a double opt-in; without one such a word is no command. */
        CONFIRM
    }

    private Keywords(Map<Family, Set<String>> words, Map<Family, String> replies) {
        this.words = words;
        this.replies = replies;
    }

    /** The words that are always known, with answers that name no company. */
    public static Keywords standard() {
        return new Keywords(new EnumMap<>(Family.class), new EnumMap<>(Family.class))
                .with(
                        Family.STOP,
                        "STOP STOPALL UNSUBSCRIBE CANCEL END QUIT REVOKE OPTOUT ARRET ARRETE ARRETT".split(" ", -1))
                .with(Family.STOP, "STOP ALL", "OPT OUT", "OPT-OUT")
                .with(Family.START, "START", "UNSTOP", "YES")
                .with(Family.HELP, "HELP", "INFO", "AIDE")
                .with(Family.CONFIRM, "YES", "Y", "OUI")
                .replying(Family.STOP, "You are unsubscribed and will get no more messages. Reply START to return.")
                .replying(Family.START, "You are subscribed again. Reply HELP for help, STOP to leave.")
                .replying(Family.HELP, "Reply STOP to get no more messages. Message and data rates may apply.")
                .replying(Family.CONFIRM, "Thank you, you are subscribed. Reply HELP for help, STOP to leave.");
    }

    /** These words too, 1 to 64 characters each, in any language. */
    public Keywords with(Family family, String... more) {
        Map<Family, Set<String>> all = new EnumMap<>(words.isEmpty() ? Map.of(family, Set.of()) : words);
        Set<String> known = new TreeSet<>(all.getOrDefault(family, Set.of()));
        for (String word : more) {
            String plain = normal(family, word);
            if (plain.isEmpty() || plain.length() > LONGEST) {
                throw new IllegalArgumentException(
                        "a keyword has 1 to " + LONGEST + " characters and at least one letter or digit");
            }
            known.add(plain);
        }
        all.put(family, Set.copyOf(known));
        return new Keywords(all, replies);
    }

    /** Answers the family with this text; an empty one leaves the answer to the host. */
    public Keywords replying(Family family, String text) {
        Map<Family, String> all = new EnumMap<>(Family.class);
        all.putAll(replies);
        all.put(family, text.strip());
        return new Keywords(words, all);
    }

    /** The families that a message could be a command of; usually none. */
    Set<Family> families(String text) {
        Set<Family> found = EnumSet.noneOf(Family.class);
        if (text.length() <= 4 * LONGEST) {
            words.forEach((family, known) -> {
                if (known.contains(normal(family, text))) {
                    found.add(family);
                }
            });
        }
        return found;
    }

    String reply(Family family) {
        return replies.getOrDefault(family, "");
    }

    private static String normal(Family family, String text) {
        if (family == Family.START) {
            return bare(text);
        }
        String visible = INVISIBLE.matcher(text).replaceAll("");
        String folded = MARKS.matcher(Normalizer.normalize(visible, Normalizer.Form.NFKD))
                .replaceAll("")
                .toUpperCase(Locale.ROOT);
        return BLANKS.matcher(AROUND.matcher(folded).replaceAll("")).replaceAll(" ");
    }

    /** As Twilio compares: blanks around it and case do not count. */
    static String bare(String text) {
        return text.strip().toUpperCase(Locale.ROOT);
    }
}
