package io.tidings.audit;

/**
 * Who did something. The name stays in the chain for ever: give an account's id, not a person's name or address.
 *
 * @param kind what kind of actor
 * @param name which one; 1 to 100 printable characters
 */
public record Actor(Kind kind, String name) {
    /** The application that Tidings lives in, where it does not tell more. */
    public static final Actor HOST = new Actor(Kind.HOST, "host");

    /** Checks the name. */
    public Actor {
        if (name.isBlank() || name.length() > 100 || name.chars().anyMatch(Actor::isUnfit)) {
            throw new IllegalArgumentException(
                    "an actor's name has 1 to 100 printable characters; give an account's id, for example u-17");
        }
    }

    private static boolean isUnfit(int c) {
        return Character.isISOControl(c) || Character.isSurrogate((char) c);
    }

    /** Someone who is logged in to the host. */
    public static Actor user(String id) {
        return new Actor(Kind.USER, id);
    }

    /** A part of Tidings. */
    public static Actor system(String part) {
        return new Actor(Kind.SYSTEM, part);
    }

    @Override
    public String toString() {
        return kind + ":" + name;
    }

    /** What an actor is. */
    public enum Kind {
        /** The host application. */
        HOST,
        /** Someone who is logged in to it. */
        USER,
        /** Whoever holds an API key; the name is the key's id. */
        API_KEY,
        /** A part of Tidings. */
        SYSTEM
    }
}
