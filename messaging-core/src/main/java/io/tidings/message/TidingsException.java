package io.tidings.message;

/**
 * The root of what Tidings throws. Mistakes of the caller and broken stores throw; refusals by a gate and failures of
 * the provider are values. Messages name what to do and never hold a phone number or a text.
 */
public abstract class TidingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With what happened and what to do. */
    protected TidingsException(String message) {
        super(message);
    }

    /** With what happened, what to do, and what caused it. */
    protected TidingsException(String message, Throwable cause) {
        super(message, cause);
    }
}
