package io.tidings.throttle;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Nanoseconds that only a test moves, in either direction. */
final class ManualTicker implements LongSupplier {
    private final AtomicLong now;

    ManualTicker(long start) {
        now = new AtomicLong(start);
    }

    @Override
    public long getAsLong() {
        return now.get();
    }

    void advance(long nanos) {
        now.addAndGet(nanos);
    }

    void advance(Duration time) {
        advance(time.toNanos());
    }
}
