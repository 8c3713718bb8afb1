package io.tidings.jdbc;

import java.io.Serial;

/** A row does not hold what this version can read. Names no content. */
final class UnreadableRowException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    UnreadableRowException(String why) {
        super(why, null, false, false);
    }
}
