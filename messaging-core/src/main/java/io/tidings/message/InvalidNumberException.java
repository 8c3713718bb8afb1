package io.tidings.message;

/** A recipient or sender that is none: it cannot be a phone number, short code or sender id anywhere. */
public final class InvalidNumberException extends TidingsException {
    private static final long serialVersionUID = 1L;

    /** With what is wrong and what to do. */
    public InvalidNumberException(String message) {
        super(message);
    }
}
