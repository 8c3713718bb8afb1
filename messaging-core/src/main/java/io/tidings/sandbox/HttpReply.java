package io.tidings.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The answer of a webhook's receiver; its body is read to the end, and kept up to the longest that counts.
 *
 * @param status HTTP status
 * @param reusable whether the connection is clean for another request
 * @param contentType the header, empty without one
 * @param body the text, at most one byte longer than {@link #LONGEST_BODY}
 */
record HttpReply(int status, boolean reusable, String contentType, String body) {
    /** Twilio's bound of TwiML. */
    static final int LONGEST_BODY = 65_536;

    private static final int LONGEST_LINE = 16_384;

    /** Called before each wait for bytes. */
    @FunctionalInterface
    interface Patience {
        void check() throws IOException;
    }

    static HttpReply read(InputStream raw, Patience patience) throws IOException {
        return read(new Patient(raw, patience));
    }

    private static HttpReply read(Patient in) throws IOException {
        String start = line(in);
        if (!start.matches("HTTP/1\\.[01] [1-5][0-9][0-9]( .*)?")) {
            throw new IOException("No HTTP answer");
        }
        int status = Integer.parseInt(start.substring(9, 12));
        long length = -1;
        boolean chunked = false;
        boolean close = start.startsWith("HTTP/1.0");
        String type = "";
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = number(lower.substring(15).strip(), 10);
            } else if (lower.startsWith("transfer-encoding:")) {
                chunked = lower.contains("chunked");
            } else if (lower.startsWith("content-type:")) {
                type = lower.substring(13).strip();
            } else if (lower.startsWith("connection:")) {
                close |= lower.contains("close");
            }
        }
        if (status / 100 == 1) {
            return read(in);
        }
        if (status == 204 || status == 304) {
            return new HttpReply(status, !close, type, "");
        }
        if (chunked) {
            keepChunks(in);
        } else if (length >= 0) {
            keep(in, length);
        } else {
            keepAll(in);
        }
        return new HttpReply(
                status, !close && (chunked || length >= 0), type, in.kept.toString(StandardCharsets.UTF_8));
    }

    private static void keepChunks(Patient in) throws IOException {
        long size = -1;
        while (size != 0) {
            size = number(line(in).split(";", -1)[0].strip(), 16);
            keep(in, size);
            if (size > 0) {
                line(in);
            }
        }
        // Trailers tell nothing that matters here.
        String trailer = line(in);
        while (!trailer.isEmpty()) {
            trailer = line(in);
        }
    }

    private static void keepAll(Patient in) throws IOException {
        int each = in.read();
        while (each >= 0) {
            in.keep(each);
            each = in.read();
        }
    }

    private static void keep(Patient in, long length) throws IOException {
        for (long left = length; left > 0; left--) {
            int each = in.read();
            if (each < 0) {
                throw new EOFException("The answer ends early");
            }
            in.keep(each);
        }
    }

    private static long number(String text, int radix) throws IOException {
        try {
            return Long.parseLong(text, radix);
        } catch (NumberFormatException e) {
            throw new IOException("The answer has a length that is no number", e);
        }
    }

    private static String line(Patient in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int each = in.read(); each != '\n'; each = in.read()) {
            if (each < 0 || line.size() > LONGEST_LINE) {
                throw new EOFException("The answer ends early");
            }
            line.write(each);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    /** Buffers, and asks before each read of the socket whether there is time left. */
    private static final class Patient {
        private final InputStream in;
        private final Patience patience;
        private final byte[] buffer = new byte[1024];
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private int next;
        private int filled;

        Patient(InputStream in, Patience patience) {
            this.in = in;
            this.patience = patience;
        }

        void keep(int each) {
            if (kept.size() <= LONGEST_BODY) {
                kept.write(each);
            }
        }

        int read() throws IOException {
            if (next == filled) {
                patience.check();
                filled = Math.max(0, in.read(buffer));
                next = 0;
                if (filled == 0) {
                    return -1;
                }
            }
            return buffer[next++] & 0xff;
        }
    }
}
