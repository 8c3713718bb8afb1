package io.tidings.examples.quickstart;

/** The command cannot be carried out as it was given; nothing was begun. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
