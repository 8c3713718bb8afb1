package io.tidings.jdbc.torture;

import io.tidings.message.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/** A machine whose date is set wrong again and again, by up to an hour in both directions. Its ticker runs on. */
final class JumpingTime implements TimeSource {
    private final TimeSource real = TimeSource.system();
    private final long every;
    private final Random random;
    private final long began = real.nanos();
    /** Guarded by this, as below. */
    private long jumps;

    private Duration off = Duration.ZERO;

    JumpingTime(Duration every, Random random) {
        this.every = every.toNanos();
        this.random = random;
    }

    @Override
    public synchronized Instant instant() {
        if ((real.nanos() - began) / every > jumps) {
            jumps = (real.nanos() - began) / every;
            off = Duration.ofSeconds(random.nextInt(-3_600, 3_601));
        }
        return real.instant().plus(off);
    }

    @Override
    public long nanos() {
        return real.nanos();
    }
}
