package io.tidings.spring.torture;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A way to a server of this machine on which answers can be held: requests go on, and what comes back waits until it is let
 * go. Safe for use by many threads.
 */
final class HeldAnswers implements AutoCloseable {
    private final ServerSocket door;
    private final int behind;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    /** Both guarded by this. */
    private boolean holding;

    private int waiting;

    private HeldAnswers(ServerSocket door, int behind) {
        this.door = door;
        this.behind = behind;
    }

    /** A way to the server on this port. */
    static HeldAnswers of(int behind) {
        try {
            HeldAnswers way = new HeldAnswers(new ServerSocket(0, 200, InetAddress.getLoopbackAddress()), behind);
            way.run(way::accept);
            return way;
        } catch (IOException e) {
            throw new UncheckedIOException("no port is free", e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + door.getLocalPort();
    }

    synchronized void hold() {
        holding = true;
    }

    synchronized void release() {
        holding = false;
        notifyAll();
    }

    /** How many connections have an answer that waits. */
    synchronized int waiting() {
        return waiting;
    }

    private void accept() throws IOException, InterruptedException {
        while (true) {
            Socket caller = door.accept();
            Socket server = new Socket(InetAddress.getLoopbackAddress(), behind);
            caller.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            open.addAll(List.of(caller, server));
            run(() -> pass(caller, server, false));
            run(() -> pass(server, caller, true));
        }
    }

    /** Ends both when one has ended, as a connection without the way between would. */
    private void pass(Socket from, Socket to, boolean answers) throws IOException, InterruptedException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] some = new byte[8_192];
            for (int read = in.read(some); read >= 0; read = in.read(some)) {
                if (answers) {
                    awaitRelease();
                }
                out.write(some, 0, read);
            }
        } finally {
            open.removeAll(List.of(from, to));
        }
    }

    private synchronized void awaitRelease() throws InterruptedException {
        waiting++;
        try {
            while (holding) {
                wait();
            }
        } finally {
            waiting--;
        }
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private void run(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // One of the two has hung up, or the test is over.
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "held-answers");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        release();
        try {
            door.close();
            for (Socket each : open) {
                each.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a way could not be closed", e);
        }
    }
}
