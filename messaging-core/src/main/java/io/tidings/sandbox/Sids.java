package io.tidings.sandbox;

import java.util.HexFormat;
import java.util.SplittableRandom;

/** Twilio ids: two letters and 32 hex digits, drawn from the seed. Safe for use by many threads. */
final class Sids {
    /** Guarded by this. */
    private final SplittableRandom random;

    Sids(long seed) {
        this.random = new SplittableRandom(seed);
    }

    synchronized String next(String prefix) {
        return prefix
                + HexFormat.of().toHexDigits(random.nextLong())
                + HexFormat.of().toHexDigits(random.nextLong());
    }
}
