package io.tidings.benchmarks.throttle;

import com.google.common.util.concurrent.RateLimiter;
import io.github.bucket4j.Bucket;
import io.tidings.throttle.Limit;
import io.tidings.throttle.Rate;
import io.tidings.throttle.TokenBucket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One permit from a bucket of 1,000 per second that is asked far more often: nearly every call is refused. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Refused {
    private final PackedBucket packed = new PackedBucket(1_000_000, 10);
    private final TokenBucket ours = TokenBucket.empty(Limit.of(Rate.perSecond(1_000), 10), System::nanoTime);
    private final dev.failsafe.RateLimiter<Object> failsafe = Peers.failsafe(10, Duration.ofMillis(10));
    private final io.github.resilience4j.ratelimiter.RateLimiter resilience =
            Peers.resilience(10, Duration.ofMillis(10));
    private final RateLimiter guava = RateLimiter.create(1_000);
    private final Bucket bucket4j = Peers.bucket4j(10, 1_000);

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
