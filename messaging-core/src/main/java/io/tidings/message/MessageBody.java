package io.tidings.message;

/**
 * The text of a message. Prints only its length, because texts hold names, codes and appointments.
 *
 * @param text the text as the recipient gets it; may be empty only beside media
 */
public record MessageBody(String text) {

    /** The most characters Twilio takes in one body (error 21617). */
    public static final int MAX_LENGTH = 1600;

    /** Refuses what a store or a carrier cannot hold: over-long text, NUL, lone surrogates. */
    public MessageBody {
        if (text.length() > MAX_LENGTH) {
            throw new InvalidContentException("the text has " + text.length() + " characters, the most is " + MAX_LENGTH
                    + "; shorten it or split it into several messages");
        }
        requireStorable(text);
    }

    private static void requireStorable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw new InvalidContentException("the text holds a NUL character at position " + i + "; remove it");
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw new InvalidContentException("the text holds half an emoji (a lone surrogate) at position " + i
                        + "; it was cut in the middle of a character");
            }
        }
    }

    @Override
    public String toString() {
        return "MessageBody[" + text.length() + " characters]";
    }
}
