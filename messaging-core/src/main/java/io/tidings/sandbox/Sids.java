package io.tidings.sandbox;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.SplittableRandom;

/** Twilio ids: two letters and 32 hex digits, drawn from the seed. Safe for use by many threads. */
final class Sids {
    /** Guarded by this. */
    private final SplittableRandom random;

    Sids(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Ids that no other start gave, unless time is stepped: a database that outlives the sandbox holds those of before. */
    static Sids since(Instant start, long seed) {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, start);
        return new Sids(new SplittableRandom(micros).nextLong() ^ seed);
    }

    synchronized String next(String prefix) {
        return prefix
                + HexFormat.of().toHexDigits(random.nextLong())
                + HexFormat.of().toHexDigits(random.nextLong());
    }
}
