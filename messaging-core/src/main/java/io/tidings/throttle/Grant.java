package io.tidings.throttle;

import java.time.Duration;

/**
 * What a {@link LimitStore} gave.
 *
 * @param permits how many, or 0
 * @param retryAfter if it gave none, after which time it is worth asking again
 */
public record Grant(int permits, Duration retryAfter) {}
