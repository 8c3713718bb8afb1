package io.tidings.message;

import java.text.Normalizer;
import java.util.Optional;

/**
 * A character that GSM-7 does not have, so that the whole text travels as UCS-2 and costs about twice as much.
 *
 * @param grapheme the character as a reader sees it; may be several code points, like a flag
 * @param position where it stands first, as an index into the counted text
 * @param occurrences how often it stands there, at least 1
 */
public record ForcingCharacter(String grapheme, int position, int occurrences) {

    /** Checks that the parts make sense. */
    public ForcingCharacter {
        if (grapheme.isEmpty() || position < 0 || occurrences < 1) {
            throw new IllegalArgumentException("a forcing character has a text, a position from 0 and occurs");
        }
    }

    /** Its first code point. */
    public int codePoint() {
        return grapheme.codePointAt(0);
    }

    /** The code points for people and reports, like {@code U+2019}. */
    public String codePoints() {
        StringBuilder out = new StringBuilder();
        grapheme.codePoints().forEach(code -> out.append(String.format(out.isEmpty() ? "U+%04X" : " U+%04X", code)));
        return out.toString();
    }

    /**
     * What could stand in its place without forcing UCS-2; an empty text if it can be left out; nothing if there is no
     * substitute, as for an emoji or a Cyrillic letter.
     *
     * <p>Tried in this order: the composed form (e and a combining acute are é, which GSM-7 has), one blank for any
     * blank, Twilio's smart encoding, the letter without its accents.
     */
    public Optional<String> gsmTwin() {
        String composed = Normalizer.normalize(grapheme, Normalizer.Form.NFC);
        if (Gsm7.covers(composed)) {
            return Optional.of(composed);
        }
        if (grapheme.codePoints().allMatch(code -> Character.isSpaceChar(code) || code == '\t')) {
            return Optional.of(" ");
        }
        String smart = SmartEncoding.apply(composed);
        if (Gsm7.covers(smart)) {
            return Optional.of(smart);
        }
        String bare = Normalizer.normalize(grapheme, Normalizer.Form.NFKD)
                .codePoints()
                .filter(code -> Character.getType(code) != Character.NON_SPACING_MARK)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return !bare.isEmpty() && Gsm7.covers(bare) ? Optional.of(bare) : Optional.empty();
    }
}
