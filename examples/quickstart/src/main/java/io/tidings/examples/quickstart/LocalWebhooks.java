package io.tidings.examples.quickstart;

import com.sun.net.httpserver.HttpServer;
import io.tidings.webhook.JdkHttpBinding;
import io.tidings.webhook.Webhooks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Receives status callbacks with the JDK's HTTP server, on the loopback address only. */
final class LocalWebhooks implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(8, task -> {
        Thread thread = new Thread(task, "webhooks");
        thread.setDaemon(true);
        return thread;
    });

    private LocalWebhooks(HttpServer server) {
        this.server = server;
    }

    /** Takes the port, 0 for any free one; nothing is answered before {@link #answer}. */
    static LocalWebhooks on(int port) {
        try {
            return new LocalWebhooks(
                    HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0));
        } catch (IOException e) {
            throw new UncheckedIOException("port " + port + " is not free; choose another one with --port", e);
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    void answer(Webhooks webhooks) {
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
