package io.tidings.spring.rest;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who was recognised.
 *
 * @param access what it may do
 * @param limits from where and how often, as its key says
 * @param expires when that ends, or {@code null} for never
 * @param mostPerMinute how often it may call at most, its key's own rate or everybody's
 */
record Caller(Access access, KeyLimits limits, @Nullable Instant expires, int mostPerMinute) {}
