package io.tidings.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands before the HTTP server and relays its bytes, because the JDK's server hands out no socket that could be reset.
 * Safe for use by many threads.
 */
final class Doorway implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Doorway.class);

    private final ServerSocket door;
    private final int inside;
    private final ExecutorService threads = Executors.newCachedThreadPool(DaemonThreads.named("doorway"));
    /** By the port from which the server sees the connection come. */
    private final Map<Integer, Relay> relays = new ConcurrentHashMap<>();

    private Doorway(ServerSocket door, int inside) {
        this.door = door;
        this.inside = inside;
    }

    static Doorway open(int port, int inside) throws IOException {
        Doorway doorway = new Doorway(new ServerSocket(port, 1024, InetAddress.getLoopbackAddress()), inside);
        doorway.threads.execute(doorway::accept);
        return doorway;
    }

    int port() {
        return door.getLocalPort();
    }

    /** Ends the client's side of a connection with a TCP reset. */
    void reset(int seenFrom) {
        Relay relay = relays.get(seenFrom);
        if (relay != null) {
            relay.reset();
        }
    }

    @Override
    public void close() {
        closeQuietly(door);
        relays.values().forEach(Relay::close);
        threads.shutdownNow();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                let(door.accept());
            } catch (IOException e) {
                LOG.debug("The doorway lets nobody in", e);
            }
        }
    }

    private void let(Socket client) {
        Socket server = new Socket();
        try {
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), inside));
            Relay relay = new Relay(client, server);
            relays.put(server.getLocalPort(), relay);
            threads.execute(() -> relay.pump(client, server));
            threads.execute(() -> relay.pump(server, client));
        } catch (IOException | RejectedExecutionException e) {
            closeQuietly(client);
            closeQuietly(server);
        }
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            LOG.debug("A connection did not close", e);
        }
    }

    private final class Relay {
        private final Socket client;
        private final Socket server;

        Relay(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void pump(Socket from, Socket to) {
            byte[] buffer = new byte[8192];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    out.write(buffer, 0, read);
                }
            } catch (IOException e) {
                LOG.trace("One side of a relay has ended", e);
            }
            close();
        }

        void reset() {
            try {
                client.setSoLinger(true, 0);
            } catch (IOException e) {
                LOG.debug("A connection cannot be reset", e);
            }
            close();
        }

        void close() {
            relays.remove(server.getLocalPort(), this);
            closeQuietly(client);
            closeQuietly(server);
        }
    }
}
