package io.tidings.webhook;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Answers webhooks with the JDK's HTTP server, on the loopback address only: beside a sandbox, in tests, or behind a
 * tunnel. An application with a web server of its own binds {@link Webhooks} there instead.
 *
 * <p>Eight daemon threads; safe for use by many threads.
 */
public final class LocalWebhooks implements AutoCloseable {
    private static final int THREADS = 8;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "tidings-webhooks");
        thread.setDaemon(true);
        return thread;
    });

    private LocalWebhooks(HttpServer server) {
        this.server = server;
    }

    /**
     * Takes the port, 0 for any free one; nothing is answered before {@link #answer}.
     *
     * @throws UncheckedIOException if the port is taken
     */
    public static LocalWebhooks on(int port) {
        try {
            return new LocalWebhooks(
                    HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0));
        } catch (IOException e) {
            throw new UncheckedIOException("port " + port + " is not free; choose another one", e);
        }
    }

    /** The port that was taken. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** The address to give to {@code publicUrl(...)} beside a sandbox on this machine. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + port());
    }

    /** Starts to answer. Once. */
    public void answer(Webhooks webhooks) {
        server.setExecutor(threads);
        server.createContext("/", JdkHttpBinding.of(webhooks));
        server.start();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
