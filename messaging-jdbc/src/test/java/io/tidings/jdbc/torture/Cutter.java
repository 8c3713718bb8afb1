package io.tidings.jdbc.torture;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The wire between a pool and PostgreSQL. It reads the messages of the protocol, so that it can cut the connection at the
 * right byte: instead of a COMMIT, or instead of the answer to one; and it can stop to carry one direction or both.
 *
 * <p>Needs {@code prepareThreshold=0}, so that a COMMIT is told by its text.
 */
final class Cutter implements AutoCloseable {
    private static final String COMMIT = "COMMIT\0";

    private final ServerSocket door;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Map<Way, Boolean> silent = new ConcurrentHashMap<>();
    private final AtomicInteger commits = new AtomicInteger();
    private final AtomicInteger answers = new AtomicInteger();
    private final Random random;
    private volatile double share;

    /** A direction. */
    enum Way {
        TO_DATABASE,
        FROM_DATABASE
    }

    Cutter(int target, long seed) {
        this.target = target;
        this.random = new Random(seed);
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException("no port for the wire", e);
        }
        thread("cutter", this::take);
    }

    int port() {
        return door.getLocalPort();
    }

    /** From now on this share of all commits gets lost on the way, and the answers to as many that were made. */
    void loses(double ofCommits) {
        share = ofCommits;
    }

    /** Carries nothing that way any more, or all of it again; what came meanwhile is late. */
    void silence(Way way, boolean on) {
        silent.put(way, on);
    }

    /** Breaks every connection. */
    void breakAll() {
        open.forEach(Cutter::close);
    }

    int lostCommits() {
        return commits.get();
    }

    int lostAnswers() {
        return answers.get();
    }

    private static void thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void take() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                open.add(client);
                connect(client);
            } catch (IOException e) {
                // The door is closed, or the database is away: then the client finds its connection closed.
            }
        }
    }

    private void connect(Socket client) throws IOException {
        try {
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            open.add(server);
            Pair pair = new Pair(client, server);
            thread("to-database", () -> pair.carry(Way.TO_DATABASE));
            thread("from-database", () -> pair.carry(Way.FROM_DATABASE));
        } catch (IOException e) {
            close(client);
            throw e;
        }
    }

    private boolean strikes() {
        double lot;
        synchronized (random) {
            lot = random.nextDouble();
        }
        return lot < share;
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed all the same.
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the wire cannot be closed", e);
        }
        breakAll();
    }

    /** A connection of the pool and its continuation. */
    private final class Pair {
        private final Socket client;
        private final Socket server;

        Pair(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void carry(Way way) {
            boolean up = way == Way.TO_DATABASE;
            try (DataInputStream in =
                            new DataInputStream(new BufferedInputStream((up ? client : server).getInputStream()));
                    DataOutputStream out =
                            new DataOutputStream(new BufferedOutputStream((up ? server : client).getOutputStream()))) {
                if (up) {
                    forward(in, out, -1, way);
                }
                for (int type = in.read(); type >= 0; type = in.read()) {
                    forward(in, out, type, way);
                }
            } catch (IOException e) {
                // Either side has ended it, or this test has.
            } finally {
                end();
            }
        }

        /** The first message of a connection has no type. */
        private void forward(DataInputStream in, DataOutputStream out, int type, Way way) throws IOException {
            int length = in.readInt();
            byte[] body = in.readNBytes(length - 4);
            if (body.length < length - 4) {
                throw new EOFException();
            }
            Await.until(Duration.ofMinutes(5), () -> !silent.getOrDefault(way, false) || client.isClosed());
            if (isCommit(type, body, way) && strikes()) {
                (way == Way.TO_DATABASE ? commits : answers).incrementAndGet();
                throw new EOFException();
            }
            if (type >= 0) {
                out.writeByte(type);
            }
            out.writeInt(length);
            out.write(body);
            if (in.available() == 0) {
                out.flush();
            }
        }

        /** Parse with an unnamed statement, or CommandComplete. */
        private boolean isCommit(int type, byte[] body, Way way) {
            if (share == 0) {
                return false;
            }
            return way == Way.TO_DATABASE
                    ? type == 'P' && text(body).startsWith("\0" + COMMIT)
                    : type == 'C' && text(body).equals(COMMIT);
        }

        private String text(byte[] body) {
            return new String(body, 0, Math.min(body.length, 16), StandardCharsets.ISO_8859_1);
        }

        private void end() {
            close(client);
            close(server);
            open.remove(client);
            open.remove(server);
        }
    }
}
