package io.tidings.retry;

import java.time.Duration;

/**
 * The waits of a {@link RetryPolicy}. Immutable.
 *
 * @param unprocessed after a 429, a failed connection or a failure that was not the message's; uses up no attempt.
 *     Default: 0.5 s doubling to 10 s, so that a recovered account is in full use again within 30 s
 * @param retry after an error that passes by itself. Default: 1 s doubling to 30 s (Twilio's samples: cap 30 s)
 * @param retryLater after an error that takes minutes. Default: 2 minutes, 10 minutes, at most 30
 * @param longestRetryAfter more than this is not waited for, whatever the provider asks. Default: 10 minutes
 * @param scale what all waits are multiplied with, except a {@code Retry-After}: that is the provider's clock. Default: 1
 */
public record Waits(Backoff unprocessed, Backoff retry, Backoff retryLater, Duration longestRetryAfter, double scale) {

    /** Checks the settings. */
    public Waits {
        if (longestRetryAfter.isNegative()) {
            throw new IllegalArgumentException(
                    "the longest Retry-After must be zero or more, got " + longestRetryAfter);
        }
        Backoff.requireScale(scale);
    }

    /** The defaults named at each component. */
    public static Waits defaults() {
        return new Waits(
                Backoff.doubling(Duration.ofMillis(500), Duration.ofSeconds(10)),
                Backoff.doubling(Duration.ofSeconds(1), Duration.ofSeconds(30)),
                new Backoff(Duration.ofMinutes(2), 5, Duration.ofMinutes(30), 0.5),
                Duration.ofMinutes(10),
                1);
    }

    /** The same with another wait after what was not processed. */
    public Waits withUnprocessed(Backoff other) {
        return new Waits(other, retry, retryLater, longestRetryAfter, scale);
    }

    /** The same with another wait after errors that pass by themselves. */
    public Waits withRetry(Backoff other) {
        return new Waits(unprocessed, other, retryLater, longestRetryAfter, scale);
    }

    /** The same with another wait after errors that take minutes. */
    public Waits withRetryLater(Backoff other) {
        return new Waits(unprocessed, retry, other, longestRetryAfter, scale);
    }

    /** The same with another limit on what the provider may ask for. */
    public Waits withLongestRetryAfter(Duration other) {
        return new Waits(unprocessed, retry, retryLater, other, scale);
    }

    /** The same, multiplied once more. */
    public Waits scaledBy(double factor) {
        return new Waits(unprocessed, retry, retryLater, longestRetryAfter, scale * factor);
    }
}
