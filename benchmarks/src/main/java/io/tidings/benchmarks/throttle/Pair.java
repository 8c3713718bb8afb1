package io.tidings.benchmarks.throttle;

import io.tidings.throttle.Limit;
import io.tidings.throttle.Rate;
import io.tidings.throttle.Throttle;
import io.tidings.throttle.TokenBucket;
import java.util.concurrent.ConcurrentHashMap;

/** Ours and the packed bucket under one load; each has its own loop, so that neither spoils the other's profile. */
record Pair(String name, int threads, Load ours, Load packed) {
    /** Permits asked for between two looks at the stop flag. */
    static final int BATCH = 200;

    /** A batch of calls; takes and returns the thread's random seed. */
    @FunctionalInterface
    interface Load {
        int batch(int seed);
    }

    static Pair of(String name) {
        return switch (name) {
            case "granted_1t" -> granted(name, 1);
            case "granted_2t" -> granted(name, 2);
            case "refused_1t" -> refused(name, 1);
            case "refused_2t" -> refused(name, 2);
            case "keyed_1t" -> keyed(name);
            default -> throw new IllegalArgumentException("There is no load named " + name + ".");
        };
    }

    private static Pair granted(String name, int threads) {
        TokenBucket ours = TokenBucket.full(never(), System::nanoTime);
        PackedBucket packed = new PackedBucket(1, 1L << 40);
        return new Pair(name, threads, seed -> all(ours, seed), seed -> all(packed, seed));
    }

    private static Pair refused(String name, int threads) {
        TokenBucket ours = TokenBucket.empty(Limit.of(Rate.perSecond(1_000), 10), System::nanoTime);
        PackedBucket packed = new PackedBucket(1_000_000, 10);
        return new Pair(name, threads, seed -> hardlyAny(ours, seed), seed -> hardlyAny(packed, seed));
    }

    private static Pair keyed(String name) {
        String[] lanes = Lanes.names();
        Throttle<String> ours = Throttle.full(lane -> never(), Lanes.COUNT, System::nanoTime);
        ConcurrentHashMap<String, PackedBucket> packed = new ConcurrentHashMap<>();
        for (String lane : lanes) {
            ours.tryAcquire(lane, 1);
            packed.put(lane, new PackedBucket(1, 1L << 40));
        }
        return new Pair(name, 1, seed -> everywhere(ours, lanes, seed), seed -> everywhere(packed, lanes, seed));
    }

    private static Limit never() {
        return Limit.of(Rate.perSecond(1_000_000), Integer.MAX_VALUE);
    }

    private static int all(TokenBucket bucket, int seed) {
        for (int call = 0; call < BATCH; call++) {
            check(bucket.tryAcquire(1));
        }
        return seed;
    }

    private static int all(PackedBucket bucket, int seed) {
        for (int call = 0; call < BATCH; call++) {
            check(bucket.tryAcquire());
        }
        return seed;
    }

    private static int hardlyAny(TokenBucket bucket, int seed) {
        int granted = 0;
        for (int call = 0; call < BATCH; call++) {
            granted += bucket.tryAcquire(1) ? 1 : 0;
        }
        check(granted < BATCH);
        return seed;
    }

    private static int hardlyAny(PackedBucket bucket, int seed) {
        int granted = 0;
        for (int call = 0; call < BATCH; call++) {
            granted += bucket.tryAcquire() ? 1 : 0;
        }
        check(granted < BATCH);
        return seed;
    }

    private static int everywhere(Throttle<String> throttle, String[] lanes, int seed) {
        int walk = seed;
        for (int call = 0; call < BATCH; call++) {
            walk = Lanes.next(walk);
            check(throttle.tryAcquire(lanes[Lanes.index(walk)], 1));
        }
        return walk;
    }

    private static int everywhere(ConcurrentHashMap<String, PackedBucket> buckets, String[] lanes, int seed) {
        int walk = seed;
        for (int call = 0; call < BATCH; call++) {
            walk = Lanes.next(walk);
            PackedBucket bucket = buckets.get(lanes[Lanes.index(walk)]);
            check(bucket != null && bucket.tryAcquire());
        }
        return walk;
    }

    private static void check(boolean asExpected) {
        if (!asExpected) {
            throw new IllegalStateException("The bucket answered otherwise than this load is made for.");
        }
    }
}
