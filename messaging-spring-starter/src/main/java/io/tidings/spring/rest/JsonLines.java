package io.tidings.spring.rest;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One JSON object a line, as a message is sent alone. */
final class JsonLines implements BulkRow.Source {
    private static final int MOST_BYTES = 64 * 1024;

    private final InputStream bytes;
    private long line;

    JsonLines(InputStream bytes) {
        this.bytes = new BufferedInputStream(bytes);
    }

    @Override
    public @Nullable BulkRow next() {
        try {
            while (true) {
                ByteArrayOutputStream read = new ByteArrayOutputStream();
                int length = line(read);
                if (length < 0) {
                    return null;
                }
                line++;
                if (length > MOST_BYTES) {
                    return new BulkRow(line, null, new Problem(413, "too-large", "A line has at most 65536 bytes."));
                }
                if (!read.toString(StandardCharsets.UTF_8).isBlank()) {
                    return parsed(read.toByteArray());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private BulkRow parsed(byte[] json) {
        try {
            return new BulkRow(line, Fields.parse(json), null);
        } catch (Problem e) {
            return new BulkRow(line, null, new Problem(e.status(), e.code(), "The line is no JSON object."));
        }
    }

    /** Its length, of which no more is kept than it may have; -1 at the end. */
    private int line(ByteArrayOutputStream kept) throws IOException {
        int length = 0;
        int next = bytes.read();
        if (next < 0) {
            return -1;
        }
        while (next >= 0 && next != '\n') {
            if (length < MOST_BYTES) {
                kept.write(next);
            }
            length = Math.min(length + 1, MOST_BYTES + 1);
            next = bytes.read();
        }
        return length;
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
