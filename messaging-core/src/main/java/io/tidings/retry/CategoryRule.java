package io.tidings.retry;

import java.time.Duration;

/**
 * What retries a category allows. Immutable.
 *
 * @param attempts how many attempts may fail before the message is given up, at least 1
 * @param pace what the waits of backoff are multiplied with; the least waits of error codes stay as they are
 * @param resendUndelivered whether a message that the carrier or handset refused may go out again, if the code allows it
 * @param uncertain what is done when nobody knows whether an attempt reached the provider
 */
public record CategoryRule(int attempts, double pace, boolean resendUndelivered, UncertainPolicy uncertain) {
    private static final UncertainPolicy NEVER_TWICE = UncertainPolicy.atMostOnce(Duration.ofHours(24));

    /** Three attempts, usual waits, resend where the code allows it, never a second copy of what may have been sent. */
    public static final CategoryRule DEFAULT = new CategoryRule(3, 1, true);

    /** Checks the settings. */
    public CategoryRule {
        if (attempts < 1) {
            throw new IllegalArgumentException("a message needs at least 1 attempt, got " + attempts);
        }
        Backoff.requireScale(pace);
    }

    /** Never sends a second copy of what may have been sent; gives up after 24 hours. */
    public CategoryRule(int attempts, double pace, boolean resendUndelivered) {
        this(attempts, pace, resendUndelivered, NEVER_TWICE);
    }

    /** The same with another number of attempts. */
    public CategoryRule withAttempts(int other) {
        return new CategoryRule(other, pace, resendUndelivered, uncertain);
    }

    /** The same with quicker or slower backoff. */
    public CategoryRule withPace(double other) {
        return new CategoryRule(attempts, other, resendUndelivered, uncertain);
    }

    /** The same, with or without a resend after {@code undelivered}. */
    public CategoryRule withResendUndelivered(boolean other) {
        return new CategoryRule(attempts, pace, other, uncertain);
    }

    /** The same with another policy for unknown outcomes. */
    public CategoryRule withUncertain(UncertainPolicy other) {
        return new CategoryRule(attempts, pace, resendUndelivered, other);
    }
}
