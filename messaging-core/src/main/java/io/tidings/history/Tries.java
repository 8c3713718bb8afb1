package io.tidings.history;

/**
 * How often a message was tried.
 *
 * @param attempts attempts made; also the number of the newest one
 * @param counted those that use up the attempt budget; a 429 or an unsent request does not
 */
public record Tries(int attempts, int counted) {
    /** Not tried yet. */
    public static final Tries NONE = new Tries(0, 0);

    /** Checks the figures. */
    public Tries {
        if (counted < 0 || counted > attempts) {
            throw new IllegalArgumentException("counted attempts (" + counted + ") must be 0 to " + attempts);
        }
    }

    /** With one more attempt begun. */
    public Tries begin() {
        return new Tries(attempts + 1, counted);
    }

    /** With the newest attempt charged to the budget. */
    public Tries charge() {
        return new Tries(attempts, counted + 1);
    }

    /** With a fresh budget, as a replay gets it. */
    public Tries renewed() {
        return new Tries(attempts, 0);
    }
}
