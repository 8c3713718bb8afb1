package io.tidings.message;

/** The store cannot be read or written now; nothing of the call was kept. */
public final class StoreUnavailableException extends TidingsException {
    private static final long serialVersionUID = 1L;

    /** With what was tried and what broke. */
    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
