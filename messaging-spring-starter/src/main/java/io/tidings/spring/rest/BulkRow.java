package io.tidings.spring.rest;

import java.io.Closeable;
import org.jspecify.annotations.Nullable;

/**
 * A row of an upload.
 *
 * @param line where it begins, from 1
 * @param fields what it says, or {@code null} if it cannot be read
 * @param problem why it cannot be read, or {@code null}
 */
record BulkRow(long line, @Nullable Fields fields, @Nullable Problem problem) {

    /** Rows, one after the other; as many in memory as one. */
    interface Source extends Closeable {
        /** The next row, or {@code null} at the end. Throws {@link java.io.UncheckedIOException}. */
        @Nullable
        BulkRow next();
    }
}
