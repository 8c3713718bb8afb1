package io.tidings.message;

import java.time.Instant;
import java.time.InstantSource;

/**
 * The two clocks of the system: the date for people, and a monotonic ticker for intervals.
 *
 * <p>Everything in core that needs time is given one of these, so that a test can step it. Implementations are safe for
 * use by many threads.
 */
public interface TimeSource extends InstantSource {

    /** Nanoseconds from an arbitrary origin; never goes backwards; only differences mean anything. */
    long nanos();

    /** The machine's own clocks. */
    static TimeSource system() {
        return SystemTime.INSTANCE;
    }

    /** The one class of core that reads the machine's clock. */
    enum SystemTime implements TimeSource {
        /** The only one. */
        INSTANCE;

        @Override
        public Instant instant() {
            return Instant.now();
        }

        @Override
        public long nanos() {
            return System.nanoTime();
        }
    }
}
