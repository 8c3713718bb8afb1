package io.tidings.twilio;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A server of bare sockets that counts what really arrives and can misbehave in any way. */
final class RawServer implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Seen> seen = new ArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile Script onGet = exchange -> exchange.write(response(404, "{\"code\":20404}"));
    private volatile Script onPost = exchange -> exchange.close();
    private volatile boolean refusesAtOnce;

    RawServer() throws IOException {
        Thread acceptor = new Thread(this::accept, "raw-acceptor");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    int port() {
        return server.getLocalPort();
    }

    /** Forgets what was seen; from now on creates are answered so. */
    RawServer answering(Script script) {
        synchronized (seen) {
            seen.clear();
        }
        connections.set(0);
        onPost = script;
        refusesAtOnce = false;
        return this;
    }

    RawServer answeringReads(Script script) {
        onGet = script;
        return this;
    }

    /** Accepts and closes, without reading. */
    RawServer closingAtOnce() {
        answering(Exchange::close);
        refusesAtOnce = true;
        return this;
    }

    /** Closes every connection that is open now. */
    void hangUp() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
    }

    int connections() {
        return connections.get();
    }

    List<Seen> seen() {
        synchronized (seen) {
            return List.copyOf(seen);
        }
    }

    List<Seen> posts() {
        return seen().stream().filter(one -> one.method().equals("POST")).toList();
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        server.close();
        hangUp();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections.incrementAndGet();
                if (refusesAtOnce) {
                    socket.close();
                    continue;
                }
                open.add(socket);
                Thread thread = new Thread(() -> serve(socket), "raw-connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (int number = 1; !socket.isClosed(); number++) {
                String head = head(in);
                if (head.isEmpty()) {
                    return;
                }
                Exchange exchange = new Exchange(socket, in, head);
                Seen one = new Seen(head.substring(0, head.indexOf(' ')), number, head, exchange.body());
                synchronized (seen) {
                    seen.add(one);
                }
                (one.method().equals("POST") ? onPost : onGet).answer(exchange);
            }
        } catch (IOException e) {
            // The client went away, or a script broke the connection on purpose.
        } finally {
            open.remove(socket);
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.append((char) next);
        }
        return head.toString();
    }

    static String response(int status, String body, String... headers) {
        StringBuilder text = new StringBuilder("HTTP/1.1 " + status + " Reason\r\n");
        for (String header : headers) {
            text.append(header).append("\r\n");
        }
        return text.append("Content-Length: ")
                .append(body.getBytes(StandardCharsets.UTF_8).length)
                .append("\r\n\r\n")
                .append(body)
                .toString();
    }

    /** What to do with a request that was read whole. */
    interface Script {
        void answer(Exchange exchange) throws IOException;
    }

    /** A request that arrived. {@code numberOnConnection} is 1 on a cold connection. */
    record Seen(String method, int numberOnConnection, String head, String body) {
        String path() {
            return head.substring(head.indexOf(' ') + 1, head.indexOf(" HTTP/"));
        }
    }

    /** One request, to be answered. */
    final class Exchange {
        private final Socket socket;
        private final OutputStream out;
        private final String body;

        Exchange(Socket socket, InputStream in, String head) throws IOException {
            this.socket = socket;
            this.out = socket.getOutputStream();
            this.body = new String(in.readNBytes(length(head)), StandardCharsets.UTF_8);
        }

        private int length(String head) {
            return head.lines()
                    .filter(line -> line.regionMatches(true, 0, "content-length:", 0, 15))
                    .mapToInt(line -> Integer.parseInt(line.substring(15).trim()))
                    .findFirst()
                    .orElse(0);
        }

        String body() {
            return body;
        }

        void write(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        /** One byte, a pause, one byte, until all is written or the server is closed. */
        void dribble(String text, long pauseMillis) throws IOException {
            for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
                out.write(b);
                out.flush();
                if (pausedUntilClosed(pauseMillis)) {
                    return;
                }
            }
        }

        /** Says nothing until the server is closed. */
        void hang() {
            pausedUntilClosed(60_000);
        }

        private boolean pausedUntilClosed(long millis) {
            try {
                return closed.await(millis, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return true;
            }
        }

        void close() throws IOException {
            socket.close();
        }

        /** Closes with RST instead of FIN. */
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }
}
