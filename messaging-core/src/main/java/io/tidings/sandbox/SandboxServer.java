package io.tidings.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP side: listens on the loopback address, reads requests, lets answers leave. */
final class SandboxServer {
    private static final Logger LOG = LoggerFactory.getLogger(SandboxServer.class);
    private static final int THREADS = 64;

    private final Network network;
    private final Desk desk;
    private final ControlApi control;
    private final Sids requestIds;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger stops = new AtomicInteger();
    private final ThreadPoolExecutor pool;
    /** Guarded by this, as is {@link #port}. */
    private @Nullable HttpServer server;

    private volatile @Nullable Doorway doorway;

    private volatile int port;

    SandboxServer(Network network, ControlApi control) {
        this.network = network;
        this.desk = new Desk(network);
        this.control = control;
        this.port = network.settings.port;
        this.requestIds = new Sids(network.settings.seed + 3);
        this.pool = new ThreadPoolExecutor(
                THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), DaemonThreads.named("http"));
        pool.allowCoreThreadTimeOut(true);
    }

    synchronized void listen() {
        if (server != null) {
            return;
        }
        // Read once, when the JVM makes its first server: without them answers stall for 40 ms, or are lost when many
        // connections are idle.
        setIfAbsent("sun.net.httpserver.nodelay", "true");
        setIfAbsent("sun.net.httpserver.maxIdleConnections", "4096");
        try {
            boolean relayed = network.settings.resets();
            HttpServer fresh = HttpServer.create(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), relayed ? 0 : port), 1024);
            fresh.createContext("/", this::handle);
            fresh.setExecutor(pool);
            fresh.start();
            if (relayed) {
                openDoorway(fresh);
            }
            Doorway before = doorway;
            port = before == null ? fresh.getAddress().getPort() : before.port();
            server = fresh;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The sandbox cannot listen on port " + port + ": choose a free one, or 0", e);
        }
    }

    private void openDoorway(HttpServer fresh) throws IOException {
        try {
            doorway = Doorway.open(port, fresh.getAddress().getPort());
        } catch (IOException e) {
            fresh.stop(0);
            throw e;
        }
    }

    /** Closes the port and all connections; what is known stays. */
    synchronized void stop() {
        if (server != null) {
            stops.incrementAndGet();
            if (doorway != null) {
                doorway.close();
                doorway = null;
            }
            server.stop(0);
            server = null;
        }
    }

    void close() {
        stop();
        pool.shutdownNow();
    }

    int port() {
        return port;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    private static void setIfAbsent(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }

    private void handle(HttpExchange exchange) {
        try {
            Call call = Call.read(exchange);
            if (call.path().startsWith("/sandbox")) {
                write(exchange, control.serve(call, exchange.getRequestHeaders()), false, null);
                return;
            }
            Turn turn = new Turn(inFlight.incrementAndGet(), network.clock.nanos(), stops.get());
            leave(exchange, call, serve(call, turn), turn);
        } catch (IOException e) {
            LOG.debug("A client of the sandbox went away", e);
            exchange.close();
        } catch (RuntimeException e) {
            LOG.error("The sandbox failed to serve a request", e);
            exchange.close();
        }
    }

    private Outgoing serve(Call call, Turn turn) {
        try {
            return desk.serve(call, turn.number, url());
        } catch (RuntimeException e) {
            inFlight.decrementAndGet();
            throw e;
        }
    }

    /**
     * The place of a request among those in flight.
     *
     * @param number how many there were, this one included
     * @param began when it was read
     * @param stops how often the server had been stopped then
     */
    private record Turn(int number, long began, int stops) {}

    private void leave(HttpExchange exchange, Call call, Outgoing outgoing, Turn turn) {
        Duration delay = outgoing.delay().plus(network.settings.answerDelay);
        if (delay.isZero()) {
            finish(exchange, call, outgoing, turn);
            return;
        }
        AtomicBoolean left = new AtomicBoolean();
        Runnable once = () -> {
            if (left.compareAndSet(false, true)) {
                execute(exchange, () -> finish(exchange, call, outgoing, turn));
            }
        };
        // From its arrival on, so that a stepped clock may move while the request is still being processed.
        network.clock.at(turn.began + delay.toNanos(), once);
        if (outgoing.lane() != null) {
            outgoing.lane().whenTold(once);
        }
    }

    private void execute(HttpExchange exchange, Runnable action) {
        try {
            pool.execute(action);
        } catch (RejectedExecutionException e) {
            exchange.close();
        }
    }

    private void finish(HttpExchange exchange, Call call, Outgoing outgoing, Turn turn) {
        inFlight.decrementAndGet();
        if (turn.stops != stops.get()) {
            lose(exchange, call, outgoing);
            return;
        }
        try {
            head(exchange, outgoing.answer(), turn);
            if (outgoing.dribble().isZero()) {
                write(exchange, outgoing.answer(), call.wantsXml(), outgoing.cut());
            } else {
                dribble(exchange, call, outgoing);
            }
        } catch (IOException e) {
            LOG.debug("A client of the sandbox went away before its answer", e);
            exchange.close();
        }
    }

    private void lose(HttpExchange exchange, Call call, Outgoing outgoing) {
        var json = outgoing.answer().json();
        String sid = json == null || !json.has("sid") ? null : json.path("sid").asText();
        network.log.write(stamp -> new LogEntry.Struck(stamp, Mishap.RESTART, sid, call.method() + " " + call.path()));
        exchange.close();
    }

    private void head(HttpExchange exchange, Answer answer, Turn turn) {
        double seconds = (network.clock.nanos() - turn.began) / 1e9;
        var headers = exchange.getResponseHeaders();
        headers.set("Twilio-Request-Id", requestIds.next("RQ"));
        headers.set("Twilio-Request-Duration", String.format(Locale.ROOT, "%.3f", seconds));
        headers.set("Twilio-Concurrent-Requests", Integer.toString(turn.number));
        headers.set("X-Home-Region", "us1");
        headers.set("X-API-Domain", "api.twilio.com");
        headers.set("X-Shenanigans", "none");
        if (answer.status() == 401) {
            headers.set("WWW-Authenticate", "Basic realm=\"Twilio API\"");
        }
    }

    private void dribble(HttpExchange exchange, Call call, Outgoing outgoing) throws IOException {
        boolean xml = call.wantsXml();
        byte[] body = outgoing.answer().bytes(xml);
        if (body.length == 0) {
            write(exchange, outgoing.answer(), xml, null);
            return;
        }
        outgoing.answer().headers().forEach(exchange.getResponseHeaders()::set);
        exchange.getResponseHeaders().set("Content-Type", outgoing.answer().contentType(xml));
        exchange.sendResponseHeaders(outgoing.answer().status(), body.length);
        drop(exchange, body, 0, outgoing.dribble().dividedBy(body.length));
    }

    private void drop(HttpExchange exchange, byte[] body, int next, Duration pause) {
        try {
            exchange.getResponseBody().write(body, next, 1);
            exchange.getResponseBody().flush();
        } catch (IOException e) {
            LOG.debug("A client of the sandbox went away during its answer", e);
            exchange.close();
            return;
        }
        if (next + 1 == body.length) {
            exchange.close();
        } else {
            network.clock.after(pause, () -> execute(exchange, () -> drop(exchange, body, next + 1, pause)));
        }
    }

    private void write(HttpExchange exchange, Answer answer, boolean xml, Fault.@Nullable CutPoint cut)
            throws IOException {
        if (cut != null && cut != Fault.CutPoint.MID_ANSWER) {
            Doorway before = doorway;
            if (cut.isReset() && before != null) {
                before.reset(exchange.getRemoteAddress().getPort());
            }
            // Closing an exchange that has not been answered closes its connection.
            exchange.close();
            return;
        }
        byte[] body = answer.bytes(xml);
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        if (body.length == 0) {
            exchange.sendResponseHeaders(answer.status(), -1);
        } else {
            exchange.getResponseHeaders().set("Content-Type", answer.contentType(xml));
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body, 0, cut == null ? body.length : body.length / 2);
        }
        exchange.close();
    }
}
