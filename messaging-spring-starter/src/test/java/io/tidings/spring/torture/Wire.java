package io.tidings.spring.torture;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One connection, kept as long as the server keeps it. */
final class Wire implements AutoCloseable {
    private final int port;
    private Socket socket = new Socket();

    Wire(int port) {
        this.port = port;
    }

    int status(byte[] request) throws IOException {
        for (int tries = 0; ; tries++) {
            if (!socket.isConnected() || socket.isClosed()) {
                socket = new Socket(InetAddress.getLoopbackAddress(), port);
                socket.setTcpNoDelay(true);
                socket.setSoTimeout(30_000);
            }
            try {
                socket.getOutputStream().write(request);
                int status = answer();
                if (status > 0) {
                    return status;
                }
            } catch (IOException reset) {
                // Tomcat hangs up on what is no HTTP; the next try has a connection of its own.
            }
            socket.close();
            if (tries == 1) {
                return 0;
            }
        }
    }

    /** The status of the answer, which is read to its end; 0 if there was none. */
    private int answer() throws IOException {
        InputStream in = new BufferedInputStream(socket.getInputStream());
        String line = line(in);
        if (!line.startsWith("HTTP/1.1 ")) {
            return 0;
        }
        int status = Integer.parseInt(line.substring(9, 12));
        int length = -1;
        boolean closes = false;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            String lower = header.toLowerCase(Locale.ROOT);
            length = lower.startsWith("content-length:")
                    ? Integer.parseInt(lower.substring(15).strip())
                    : length;
            closes |= lower.equals("connection: close") || lower.startsWith("transfer-encoding");
        }
        if (length > 0) {
            in.readNBytes(length);
        }
        if (closes || (length < 0 && status != 204)) {
            socket.close();
        }
        return status;
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                return "";
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
