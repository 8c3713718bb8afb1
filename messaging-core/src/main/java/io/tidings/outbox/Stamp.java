package io.tidings.outbox;

import java.util.regex.Pattern;

/**
 * Which environment a store belongs to.
 *
 * @param environment its name: at most 40 lower-case letters, digits, dots and dashes
 * @param epoch how often the store was given to another environment
 */
public record Stamp(String environment, long epoch) {
    /** The name of an environment that nobody named. */
    public static final String UNNAMED = "default";

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,39}");

    /** Checks the name. */
    public Stamp {
        if (!NAME.matcher(environment).matches()) {
            throw new IllegalArgumentException(
                    "an environment's name is at most 40 lower-case letters, digits, dots and"
                            + " dashes, like production; got '" + environment + "'");
        }
    }

    /** The first stamp of a store. */
    public static Stamp first(String environment) {
        return new Stamp(environment, 0);
    }

    /** The next stamp: the store now belongs to this environment. */
    public Stamp to(String other) {
        return new Stamp(other, epoch + 1);
    }
}
