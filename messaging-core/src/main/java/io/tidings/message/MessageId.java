package io.tidings.message;

import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The one id of a message from {@code send()} to its final state: a time-ordered UUID (version 7, RFC 9562).
 *
 * @param value a UUID of any version; {@link MessageIds} makes version 7
 */
public record MessageId(UUID value) implements Comparable<MessageId> {

    private static final Pattern TEXT = Pattern.compile("[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}");

    /** Refuses {@code null}. */
    public MessageId {
        Objects.requireNonNull(value, "a message id needs its UUID");
    }

    /** Reads the usual text form. Throws {@link IllegalArgumentException} for anything else. */
    public static MessageId parse(String text) {
        if (!TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "a message id has 36 characters like 0193a1b2-5f3e-7a01-9c44-2f6b8d0e1a23; got " + text.length()
                            + " characters that are no id");
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
