package io.tidings.benchmarks.throttle;

import com.google.common.util.concurrent.RateLimiter;
import io.github.bucket4j.Bucket;
import io.tidings.throttle.Limit;
import io.tidings.throttle.Rate;
import io.tidings.throttle.TokenBucket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One permit when the limit is never reached. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Granted {
    private final AtomicLong atomic = new AtomicLong();
    private final PackedBucket packed = new PackedBucket(1, 1L << 40);
    private final TokenBucket ours =
            TokenBucket.full(Limit.of(Rate.perSecond(1_000_000), Integer.MAX_VALUE), System::nanoTime);
    private final dev.failsafe.RateLimiter<Object> failsafe = Peers.failsafe(1_000_000_000, Duration.ofSeconds(1));
    private final io.github.resilience4j.ratelimiter.RateLimiter resilience =
            Peers.resilience(1_000_000_000, Duration.ofSeconds(1));
    private final RateLimiter guava = RateLimiter.create(1e12);
    private final Bucket bucket4j = Peers.bucket4j(1L << 40, 1_000_000_000);

    /** A compare-and-set loop on a counter: no clock, no limit. */
    @Benchmark
    public boolean byAtomic() {
        while (true) {
            long before = atomic.get();
            if (atomic.compareAndSet(before, before + 1)) {
                return true;
            }
        }
    }

    /** The yardstick. */
    @Benchmark
    public boolean byPacked() {
        return packed.tryAcquire();
    }

    /** Ours. */
    @Benchmark
    public boolean byOurs() {
        return ours.tryAcquire(1);
    }

    /** Failsafe. */
    @Benchmark
    public boolean byFailsafe() {
        return failsafe.tryAcquirePermit();
    }

    /** Resilience4j. */
    @Benchmark
    public boolean byResilience() {
        return resilience.acquirePermission();
    }

    /** Guava. */
    @Benchmark
    public boolean byGuava() {
        return guava.tryAcquire();
    }

    /** Bucket4j. */
    @Benchmark
    public boolean byBucket4j() {
        return bucket4j.tryConsume(1);
    }
}
