package io.tidings.spring.observe;

import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Lets the readings go on while the application runs, if somebody has asked for them. The pulse has no life cycle of its own:
 * Spring makes every bean that has one, a lazy one too, and then each node would read for nobody.
 */
final class Heartbeat implements SmartLifecycle {
    /** Guarded by this, as is the other field. */
    private @Nullable Pulse pulse;

    private boolean running;

    /** Somebody looks. */
    synchronized void of(Pulse one) {
        pulse = one;
        if (running) {
            one.start();
        }
    }

    @Override
    public synchronized void start() {
        running = true;
        if (pulse != null) {
            pulse.start();
        }
    }

    @Override
    public synchronized void stop() {
        running = false;
        if (pulse != null) {
            pulse.stop();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return running;
    }
}
