package io.tidings.message;

import java.util.regex.Pattern;

/** The one rule for host-supplied names (tenants, accounts, tags, keys): short, printable, no control characters. */
final class Names {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:@/-]*");

    private Names() {}

    static void requirePlain(String what, String value, int longest) {
        if (value.length() > longest || !PLAIN.matcher(value).matches()) {
            throw new IllegalArgumentException(what + " must be 1 to " + longest
                    + " letters, digits or . _ : @ / - and start with a letter or digit");
        }
    }

    static void requirePrintable(String what, String value, int longest) {
        if (value.isBlank() || value.length() > longest || value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    what + " must be 1 to " + longest + " printable characters, without line breaks or control codes");
        }
    }
}
