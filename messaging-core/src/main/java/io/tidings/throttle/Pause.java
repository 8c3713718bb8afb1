package io.tidings.throttle;

import java.util.concurrent.locks.LockSupport;

/** A way to wait, so that whoever owns the thread (or, in a test, the clock) decides how. */
@FunctionalInterface
public interface Pause {
    /**
     * Waits for about that long; returning early is allowed, the caller looks at the clock again.
     *
     * @param nanos nanoseconds, above 0
     * @throws InterruptedException when the waiting thread is interrupted
     */
    void waitFor(long nanos) throws InterruptedException;

    /** Parks the current thread, platform or virtual. */
    static Pause parking() {
        return nanos -> {
            LockSupport.parkNanos(nanos);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        };
    }
}
