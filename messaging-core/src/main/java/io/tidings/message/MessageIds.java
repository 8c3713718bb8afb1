package io.tidings.message;

import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Makes time-ordered message ids: UUID version 7 with a 12-bit counter below the millisecond (RFC 9562, section 6.2,
 * method 1), so that ids of one process never repeat and never go backwards, even if its clock does.
 *
 * <p>Safe for use by many threads, if the random source is.
 */
public final class MessageIds {
    private static final int COUNTER_BITS = 12;

    private final InstantSource time;
    private final RandomGenerator random;
    /** Milliseconds in the upper bits, counter in the lower 12. */
    private final AtomicLong last = new AtomicLong();

    /** Uses the given date and random bits; production passes {@link java.security.SecureRandom}. */
    public MessageIds(InstantSource time, RandomGenerator random) {
        this.time = time;
        this.random = random;
    }

    /** A new id, greater than every id this object made before. */
    public MessageId next() {
        long now = time.millis() << COUNTER_BITS;
        long stamp = last.updateAndGet(previous -> Math.max(previous + 1, now));
        long high = ((stamp >>> COUNTER_BITS) << 16) | 0x7000L | (stamp & 0xFFFL);
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new MessageId(new UUID(high, low));
    }
}
