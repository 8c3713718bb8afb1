package io.tidings.test;

import io.tidings.message.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Time that stands still until it is moved. Both clocks move together. Safe for use by many threads. */
public final class SteppableTime implements TimeSource {
    private final Instant start;
    private final AtomicLong passed = new AtomicLong();

    /** Starts on a Monday morning in the middle of a month: 2026-06-15, 10:00 UTC. */
    public SteppableTime() {
        this(Instant.parse("2026-06-15T10:00:00Z"));
    }

    /** Starts at this date. */
    public SteppableTime(Instant start) {
        this.start = start;
    }

    /** Moves time on. Going back is an {@link IllegalArgumentException}. */
    public void forward(Duration step) {
        if (step.isNegative()) {
            throw new IllegalArgumentException("time only moves forward, got " + step);
        }
        passed.addAndGet(step.toNanos());
    }

    @Override
    public Instant instant() {
        return start.plusNanos(passed.get());
    }

    @Override
    public long nanos() {
        return passed.get();
    }
}
