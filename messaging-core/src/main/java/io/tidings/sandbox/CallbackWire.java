package io.tidings.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Posts over HTTP/1.1, once per call and never again by itself: that is why it stands on plain sockets. Clean
 * connections are kept for a second and looked at before they are used again. Safe for use by many threads.
 */
final class CallbackWire {
    static final String CONNECT = "connect";
    static final String READ = "read";
    private static final String TLS = "tls";
    private static final long IDLE_NANOS = 1_000_000_000L;

    private final Map<String, Queue<Connection>> idle = new ConcurrentHashMap<>();

    /**
     * One request.
     *
     * @param uri where to
     * @param headers beside Host and Content-Length
     * @param body the form
     */
    record Post(URI uri, Map<String, String> headers, String body) {
        boolean secure() {
            return "https".equalsIgnoreCase(uri.getScheme());
        }

        int port() {
            return uri.getPort() != -1 ? uri.getPort() : secure() ? 443 : 80;
        }

        private int length() {
            return body.getBytes(StandardCharsets.UTF_8).length;
        }

        byte[] bytes() {
            String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
            StringBuilder head = new StringBuilder("POST ")
                    .append(path)
                    .append(uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery())
                    .append(" HTTP/1.1\r\nHost: ")
                    .append(uri.getHost())
                    .append(uri.getPort() == -1 ? "" : ":" + uri.getPort())
                    .append("\r\nContent-Length: ")
                    .append(length())
                    .append("\r\n");
            headers.forEach((name, value) ->
                    head.append(name).append(": ").append(value).append("\r\n"));
            return head.append("\r\n").append(body).toString().getBytes(StandardCharsets.UTF_8);
        }
    }

    /**
     * What became of one try.
     *
     * @param reply for the log
     * @param answer what came back
     */
    record Sent(LogEntry.Reply reply, @Nullable HttpReply answer) {
        private static Sent failed(int attempt, String problem) {
            return new Sent(new LogEntry.Reply(attempt, 0, problem), null);
        }
    }

    Sent send(Post post, int attempt, ConnectionOverrides overrides, long end) {
        Connection connection;
        try {
            connection = connect(post, overrides, end);
        } catch (javax.net.ssl.SSLException e) {
            return Sent.failed(attempt, TLS);
        } catch (IOException | java.nio.channels.UnresolvedAddressException e) {
            return Sent.failed(attempt, CONNECT);
        }
        try {
            HttpReply reply = connection.exchange(post, overrides, end);
            if (reply.reusable() && !post.secure()) {
                connection.idleSince = SandboxClock.machineNanos();
                kept(post).add(connection);
            } else {
                connection.close();
            }
            return new Sent(new LogEntry.Reply(attempt, reply.status(), null), reply);
        } catch (IOException e) {
            connection.close();
            return Sent.failed(attempt, READ);
        }
    }

    void close() {
        idle.values().forEach(each -> each.forEach(Connection::close));
        idle.clear();
    }

    private Connection connect(Post post, ConnectionOverrides overrides, long end) throws IOException {
        Queue<Connection> kept = kept(post);
        for (Connection each = kept.poll(); each != null; each = kept.poll()) {
            if (each.isAlive()) {
                return each;
            }
            each.close();
        }
        return Connection.open(post, millis(overrides.connect().toMillis(), end));
    }

    private Queue<Connection> kept(Post post) {
        return idle.computeIfAbsent(
                post.uri().getScheme() + "://" + post.uri().getHost() + ":" + post.port(),
                any -> new ConcurrentLinkedQueue<>());
    }

    private static int millis(long most, long end) {
        long left = (end - SandboxClock.machineNanos()) / 1_000_000;
        return (int) Math.max(1, Math.min(most, left));
    }

    private static final class Connection {
        private final SocketChannel channel;
        private final Socket socket;
        private volatile long idleSince;

        private Connection(SocketChannel channel, Socket socket) {
            this.channel = channel;
            this.socket = socket;
        }

        static Connection open(Post post, int timeoutMillis) throws IOException {
            SocketChannel channel = SocketChannel.open();
            try {
                Socket socket = channel.socket();
                socket.setTcpNoDelay(true);
                socket.connect(new InetSocketAddress(post.uri().getHost(), post.port()), timeoutMillis);
                if (post.secure()) {
                    socket = ((SSLSocketFactory) SSLSocketFactory.getDefault())
                            .createSocket(socket, post.uri().getHost(), post.port(), true);
                }
                return new Connection(channel, socket);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        }

        /** Looks without waiting whether the other side has closed: data or an end here means it is no longer clean. */
        boolean isAlive() {
            try {
                if (SandboxClock.machineNanos() - idleSince > IDLE_NANOS) {
                    return false;
                }
                channel.configureBlocking(false);
                int read = channel.read(ByteBuffer.allocate(1));
                channel.configureBlocking(true);
                return read == 0;
            } catch (IOException e) {
                return false;
            }
        }

        HttpReply exchange(Post post, ConnectionOverrides overrides, long end) throws IOException {
            OutputStream out = socket.getOutputStream();
            out.write(post.bytes());
            out.flush();
            return HttpReply.read(socket.getInputStream(), () -> {
                if (SandboxClock.machineNanos() >= end) {
                    throw new SocketTimeoutException("The total time is over");
                }
                socket.setSoTimeout(millis(overrides.read().toMillis(), end));
            });
        }

        void close() {
            closeQuietly(socket);
            closeQuietly(channel);
        }

        private static void closeQuietly(@Nullable AutoCloseable closeable) {
            try {
                if (closeable != null) {
                    closeable.close();
                }
            } catch (Exception e) {
                // Nothing is lost with a connection that does not even close.
                return;
            }
        }
    }
}
