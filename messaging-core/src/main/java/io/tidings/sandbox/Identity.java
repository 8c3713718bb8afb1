package io.tidings.sandbox;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Names things by what they are, so that chance does not depend on when they come. Numbers equal ones in the order of
 * their arrival: they are interchangeable. Safe for use by many threads.
 */
final class Identity {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final List<String> CONTENT =
            List.of("From", "MessagingServiceSid", "To", "Body", "MediaUrl", "ContentSid", "ContentVariables");

    /** Guarded by this. */
    private final Map<Long, Long> seen = new HashMap<>();

    /** Leaves out the callback's address and the like: those differ between two runs of one program. */
    static long ofCreate(Parameters form) {
        long hash = GOLDEN;
        for (String name : CONTENT) {
            hash = mix(hash + 1);
            for (String value : form.all(name)) {
                hash = with(hash, value);
            }
        }
        return hash;
    }

    static long of(@Nullable String... parts) {
        long hash = GOLDEN;
        for (String part : parts) {
            hash = with(mix(hash + 1), part == null ? "" : part);
        }
        return hash;
    }

    /** Returns the identity of the next one that is equal. */
    synchronized long next(long identity) {
        return mix(identity + GOLDEN * seen.merge(identity, 1L, Long::sum));
    }

    /** Returns chance that depends on these alone. */
    static SplittableRandom chance(long seed, long identity, int purpose) {
        return new SplittableRandom(mix(seed * GOLDEN + purpose) ^ identity);
    }

    private static long with(long hash, String text) {
        long mixed = hash;
        for (int i = 0; i < text.length(); i++) {
            mixed = (mixed ^ text.charAt(i)) * 0x100000001B3L;
        }
        return mix(mixed);
    }

    /** The finalizer of MurmurHash3: one bit changed in, half of the bits changed out. */
    private static long mix(long value) {
        long mixed = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }
}
