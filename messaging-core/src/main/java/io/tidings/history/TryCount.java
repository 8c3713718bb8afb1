package io.tidings.history;

/**
 * How often a message was tried.
 *
 * @param attempts attempts made; also the number of the newest one
 * @param counted those that use up the attempt budget; a 429 or an unsent request does not
 */
public record TryCount(int attempts, int counted) {
    /** Not tried yet. */
    public static final TryCount NONE = new TryCount(0, 0);

    /** Checks the figures. */
    public TryCount {
        if (counted < 0 || counted > attempts) {
            throw new IllegalArgumentException("counted attempts (" + counted + ") must be 0 to " + attempts);
        }
    }

    /** With one more attempt begun. */
    public TryCount begin() {
        return new TryCount(attempts + 1, counted);
    }

    /** With the newest attempt charged to the budget. */
    public TryCount charge() {
        return new TryCount(attempts, counted + 1);
    }

    /** With a fresh budget, as a replay gets it. */
    public TryCount renewed() {
        return new TryCount(attempts, 0);
    }
}
