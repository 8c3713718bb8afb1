package io.tidings.message;

/** A setting that this call needs is missing or contradicts another one; the message names it. */
public final class NotConfiguredException extends TidingsException {
    private static final long serialVersionUID = 1L;

    /** With what is wrong and what to do. */
    public NotConfiguredException(String message) {
        super(message);
    }
}
