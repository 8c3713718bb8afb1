package io.tidings.sandbox;

import org.jspecify.annotations.Nullable;

/** Shortens what may name a person, for {@code toString}. */
final class Masking {
    private Masking() {}

    static String number(@Nullable String number) {
        return number == null ? "none" : "***" + number.substring(Math.max(0, number.length() - 2));
    }

    static String text(@Nullable String text) {
        return text == null ? "none" : "[" + text.length() + " characters]";
    }
}
