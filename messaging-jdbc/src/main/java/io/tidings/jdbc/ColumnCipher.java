package io.tidings.jdbc;

import io.tidings.message.PhoneNumber;
import org.jspecify.annotations.Nullable;

/**
 * Turns numbers, texts and what names a person into what lies in a column, and back. Chosen once for a {@link Database}.
 * Safe for use by many threads.
 */
interface ColumnCipher {

    /** Whether anything is encrypted. */
    boolean isOn();

    /** What lies in the column for this text, if it lies at this place. */
    String seal(String place, String clear);

    /**
     * The text again.
     *
     * @throws UnreadableRowException if it was changed, comes from another place, or its key is not there
     */
    String open(String place, String stored);

    /** What a number is looked up by: 20 characters at most. */
    String number(String e164);

    /** What a text is looked up by: 46 characters, or the text itself. Equal for equal texts of a kind only. */
    String token(String kind, String text);

    /** What equal texts are found by. */
    long hash(byte[] text);

    /** What a number is looked up by. */
    default String number(PhoneNumber number) {
        return number(number.e164());
    }

    /** The same as {@link #token}, and nothing for nothing. */
    default @Nullable String tokenOrNull(String kind, @Nullable String text) {
        return text == null ? null : token(kind, text);
    }

    /** The same as {@link #seal}, and nothing for nothing. */
    default @Nullable String sealOrNull(String place, @Nullable String clear) {
        return clear == null ? null : seal(place, clear);
    }

    /** The same as {@link #open}, and nothing for nothing. */
    default @Nullable String openOrNull(String place, @Nullable String stored) {
        return stored == null ? null : open(place, stored);
    }

    /** What lies beside something to look up by, so that it can be read again; nothing if that is the text itself. */
    default @Nullable String beside(String place, String clear) {
        return isOn() ? seal(place, clear) : null;
    }

    /** The text of which {@code lookedUp} and {@code beside} lie in a row. */
    default String read(String place, String lookedUp, @Nullable String beside) {
        return beside == null ? lookedUp : open(place, beside);
    }

    /** A column and what tells its row from others, by things that never change. */
    static String place(String column, Object... row) {
        StringBuilder place = new StringBuilder(column);
        for (Object part : row) {
            place.append('\n').append(part);
        }
        return place.toString();
    }
}
