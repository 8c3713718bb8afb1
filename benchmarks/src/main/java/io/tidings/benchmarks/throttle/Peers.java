package io.tidings.benchmarks.throttle;

import io.github.bucket4j.Bucket;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;

/** The peers as their manuals set them up, none of them waiting. */
final class Peers {
    private Peers() {}

    static Bucket bucket4j(long capacity, long perSecond) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(capacity).refillGreedy(perSecond, Duration.ofSeconds(1)))
                .withNanosecondPrecision()
                .build();
    }

    static RateLimiter resilience(int permits, Duration period) {
        return RateLimiter.of(
                "benchmark",
                RateLimiterConfig.custom()
                        .limitForPeriod(permits)
                        .limitRefreshPeriod(period)
                        .timeoutDuration(Duration.ZERO)
                        .build());
    }

    static dev.failsafe.RateLimiter<Object> failsafe(long permits, Duration period) {
        return dev.failsafe.RateLimiter.burstyBuilder(permits, period).build();
    }
}
