package io.tidings.provider;

import io.tidings.message.PhoneNumber;
import java.time.Instant;

/**
 * Which messages to list.
 *
 * @param to the recipient
 * @param createdFrom stop at messages older than this
 * @param limit the most to return, 1 to 1000
 */
public record ListQuery(PhoneNumber to, Instant createdFrom, int limit) {
    /** Checks the limit. */
    public ListQuery {
        if (limit < 1 || limit > 1000) {
            throw new IllegalArgumentException("a list has 1 to 1000 entries, got " + limit);
        }
    }
}
