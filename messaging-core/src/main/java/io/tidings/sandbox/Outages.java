package io.tidings.sandbox;

import java.io.UncheckedIOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the sandbox down and up again: by hand, and as its hostility says. Safe for use by many threads. */
final class Outages {
    private static final Logger LOG = LoggerFactory.getLogger(Outages.class);

    private final Network network;
    private final SandboxServer server;
    /** Guarded by this, as is {@link #plan}. */
    private boolean down;

    private int plan;

    Outages(Network network, SandboxServer server) {
        this.network = network;
        this.server = server;
    }

    /** Follows the restarts of the present hostility, and of no other from now on. */
    synchronized void plan() {
        int mine = ++plan;
        Hostility.Restarts restarts = network.mischief.hostility().restarts();
        if (!restarts.down().isZero()) {
            plan(mine, restarts, network.clock.nanos() / restarts.every().toNanos());
        }
    }

    private synchronized void plan(int mine, Hostility.Restarts restarts, long period) {
        if (mine != plan) {
            return;
        }
        long at = network.mischief.restartAt(period);
        if (at < network.clock.nanos()) {
            plan(mine, restarts, period + 1);
            return;
        }
        network.clock.at(at, () -> {
            if (isCurrent(mine)) {
                restart(restarts.down(), restarts.losesCallbacks());
                plan(mine, restarts, period + 1);
            }
        });
    }

    private synchronized boolean isCurrent(int mine) {
        return mine == plan;
    }

    void restart(Duration time, boolean losesCallbacks) {
        synchronized (this) {
            if (down) {
                return;
            }
            down = true;
        }
        network.callbacks.pause();
        network.log.write(stamp -> new LogEntry.Restart(stamp, false));
        server.stop();
        network.clock.after(time, () -> up(losesCallbacks));
    }

    private void up(boolean losesCallbacks) {
        try {
            server.listen();
        } catch (UncheckedIOException e) {
            LOG.debug("The port is taken for the moment", e);
            network.clock.after(Duration.ofMillis(50), () -> up(losesCallbacks));
            return;
        }
        network.log.write(stamp -> new LogEntry.Restart(stamp, true));
        synchronized (this) {
            down = false;
        }
        network.callbacks.resume(losesCallbacks);
    }
}
