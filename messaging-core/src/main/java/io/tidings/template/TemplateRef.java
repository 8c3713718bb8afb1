package io.tidings.template;

import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Pins one text of one template: what a message remembers of where its words came from.
 *
 * @param name 1 to 64 letters, digits, {@code _} or {@code -}, starting with a letter or digit
 * @param version from 1, never reused for the same name
 * @param locale the language of the text; {@link Locale#ROOT} for the default text
 */
public record TemplateRef(String name, int version, Locale locale) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

    /** Checks name and version. */
    public TemplateRef {
        requireName(name);
        if (version < 1) {
            throw new IllegalArgumentException("versions of a template are numbered from 1, got " + version);
        }
        Objects.requireNonNull(locale, "locale");
    }

    static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a template's name has 1 to 64 letters, digits, _ or - and starts with a"
                    + " letter or digit; got " + name.length() + " characters that do not fit");
        }
    }

    /** Like {@code order-ready@3/es-MX}, and {@code order-ready@3} for the default text. */
    @Override
    public String toString() {
        return name + "@" + version + (locale.equals(Locale.ROOT) ? "" : "/" + locale.toLanguageTag());
    }
}
