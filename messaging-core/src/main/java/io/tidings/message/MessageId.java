package io.tidings.message;

import java.util.UUID;

/**
 * The one id of a message from {@code send()} to its final state: a time-ordered UUID (version 7, RFC 9562).
 *
 * @param value a UUID of any version; {@link MessageIds} makes version 7
 */
public record MessageId(UUID value) implements Comparable<MessageId> {

    /** Reads the usual text form. Throws {@link IllegalArgumentException} for anything else. */
    public static MessageId parse(String text) {
        if (text.length() != 36) {
            throw new IllegalArgumentException("a message id has 36 characters, like 0193a1b2-…; got " + text.length());
        }
        return new MessageId(UUID.fromString(text));
    }

    /** Orders by creation time, as unsigned bytes, the way databases sort the uuid type. */
    @Override
    public int compareTo(MessageId other) {
        int high = Long.compareUnsigned(value.getMostSignificantBits(), other.value.getMostSignificantBits());
        return high != 0
                ? high
                : Long.compareUnsigned(value.getLeastSignificantBits(), other.value.getLeastSignificantBits());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
