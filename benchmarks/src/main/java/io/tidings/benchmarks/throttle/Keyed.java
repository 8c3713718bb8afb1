package io.tidings.benchmarks.throttle;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.tidings.throttle.Limit;
import io.tidings.throttle.Rate;
import io.tidings.throttle.Throttle;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One permit of one of 10,000 lanes picked at random; the limit is never reached. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Keyed {
    private final String[] lanes = Lanes.names();
    private final Throttle<String> ours = Throttle.full(
            lane -> Limit.of(Rate.perSecond(1_000_000), Integer.MAX_VALUE), Lanes.COUNT, System::nanoTime);
    private final ConcurrentHashMap<String, PackedBucket> packed = new ConcurrentHashMap<>();
    private final Cache<String, Bucket> bucket4j = Caffeine.newBuilder()
            .maximumSize(Lanes.COUNT * 2)
            .expireAfterAccess(Duration.ofMinutes(10))
            .build();

    /** A thread's own random walk. */
    @State(Scope.Thread)
    public static class Walk {
        private int seed = System.identityHashCode(this) | 1;

        int next() {
            seed = Lanes.next(seed);
            return Lanes.index(seed);
        }
    }

    /** The yardstick: a map that never forgets. */
    @Benchmark
    public boolean keyedPacked(Walk walk) {
        return packed.computeIfAbsent(lanes[walk.next()], lane -> new PackedBucket(1, 1L << 40))
                .tryAcquire();
    }

    /** Ours. */
    @Benchmark
    public boolean keyedOurs(Walk walk) {
        return ours.tryAcquire(lanes[walk.next()], 1);
    }

    /** Caffeine in front of Bucket4j. */
    @Benchmark
    public boolean keyedBucket4j(Walk walk) {
        return bucket4j.get(lanes[walk.next()], lane -> Peers.bucket4j(1L << 40, 1_000_000_000))
                .tryConsume(1);
    }
}
