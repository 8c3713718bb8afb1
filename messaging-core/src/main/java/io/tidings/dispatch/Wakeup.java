package io.tidings.dispatch;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Lets one thread wait until something happens or a time has passed. Hints while it works are not lost. */
final class Wakeup {
    private final AtomicBoolean hinted = new AtomicBoolean();
    private final AtomicReference<@Nullable Thread> waiting = new AtomicReference<>();

    /** Something happened. May be called by any thread. */
    void hint() {
        if (!hinted.getAndSet(true)) {
            LockSupport.unpark(waiting.get());
        }
    }

    /** Waits for a hint, at most this long, and tells whether there was one. Only one thread may wait. */
    boolean await(long nanos) {
        waiting.set(Thread.currentThread());
        if (!hinted.get() && nanos > 0) {
            LockSupport.parkNanos(this, nanos);
        }
        return hinted.getAndSet(false);
    }
}
