package io.tidings.spring.observe;

import io.tidings.retry.ErrorCodes;

/** The provider's error codes as a key of few values: those of the table, {@code none}, and {@code other} for the rest. */
final class BoundedCodes {
    static final String NONE = "none";

    private final ErrorCodes known = ErrorCodes.standard();

    String key(int code) {
        if (code == 0) {
            return NONE;
        }
        return known.contains(code) ? Integer.toString(code) : "other";
    }
}
