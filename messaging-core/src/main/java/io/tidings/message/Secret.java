package io.tidings.message;

/**
 * A text that must never be printed: {@code toString} masks it.
 *
 * @param reveal the text itself; call it only where it is used
 */
public record Secret(String reveal) {

    /** Refuses an empty secret, which would fail open somewhere. */
    public Secret {
        if (reveal.isBlank()) {
            throw new IllegalArgumentException("a secret must not be empty; leave the setting out instead");
        }
    }

    @Override
    public String toString() {
        return "Secret[***]";
    }
}
