package io.tidings.message;

/** A text or media list that no carrier or store can hold. */
public final class InvalidContentException extends TidingsException {
    private static final long serialVersionUID = 1L;

    /** With what is wrong and what to do. */
    public InvalidContentException(String message) {
        super(message);
    }
}
