package io.tidings.spring.torture;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A connection to an HTTP server of this machine that is used again until the server closes it. One thread. */
final class KeptConnection implements AutoCloseable {
    private final int port;
    private final Duration patience;
    private @Nullable Socket socket;
    private @Nullable InputStream answers;

    /** Opens nothing yet; waits this long for an answer. */
    KeptConnection(int port, Duration patience) {
        this.port = port;
        this.patience = patience;
    }

    /** The status that this request is answered with, 0 for no answer. */
    int call(byte[] request) {
        boolean kept = socket != null;
        try {
            return exchange(request);
        } catch (EOFException e) {
            // The server closed it while nobody used it; what it is asked is harmless any number of times.
            close();
            return kept ? call(request) : 0;
        } catch (IOException e) {
            close();
            return 0;
        }
    }

    private int exchange(byte[] request) throws IOException {
        Socket open = socket;
        if (open == null) {
            open = new Socket(InetAddress.getLoopbackAddress(), port);
            open.setTcpNoDelay(true);
            open.setSoTimeout((int) patience.toMillis());
            socket = open;
            answers = new BufferedInputStream(open.getInputStream());
        }
        open.getOutputStream().write(request);
        return answer(answers);
    }

    private int answer(@Nullable InputStream from) throws IOException {
        if (from == null) {
            throw new IOException("not connected");
        }
        int status = Integer.parseInt(line(from).split(" ", 3)[1]);
        int length = 0;
        boolean closes = false;
        for (String header = line(from); !header.isEmpty(); header = line(from)) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(lower.substring(15).strip());
            } else if (lower.startsWith("transfer-encoding:")) {
                throw new IOException("no answer of ours is in chunks");
            }
            closes |= lower.equals("connection: close");
        }
        from.readNBytes(length);
        if (closes) {
            close();
        }
        return status;
    }

    private static String line(InputStream from) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = from.read(); next != '\n'; next = from.read()) {
            if (next < 0) {
                throw new EOFException();
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        Socket open = socket;
        socket = null;
        answers = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                throw new UncheckedIOException("a connection could not be closed", e);
            }
        }
    }
}
