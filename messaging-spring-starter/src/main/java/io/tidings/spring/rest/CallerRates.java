package io.tidings.spring.rest;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tidings.audit.Actor;
import io.tidings.message.TimeSource;
import io.tidings.throttle.Limit;
import io.tidings.throttle.Rate;
import io.tidings.throttle.TokenBucket;
import java.time.Duration;

/**
 * How often each caller may call: a token bucket for each, on this node, that holds ten seconds of its rate. Safe for use by
 * many threads.
 */
final class CallerRates {
    private static final int MOST_CALLERS = 10_000;
    private static final int SHARE_AT_ONCE = 6;

    private final int usual;
    private final TimeSource time;
    private final Cache<Actor, TokenBucket> buckets;

    CallerRates(int perMinute, TimeSource time) {
        this.usual = perMinute;
        this.time = time;
        // After a minute a bucket is full again, so a new one is the same.
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MOST_CALLERS)
                .expireAfterAccess(Duration.ofMinutes(2))
                .ticker(time::nanos)
                .executor(Runnable::run)
                .build();
    }

    /** How many requests a minute a caller has for whom nothing else is said. */
    int usual() {
        return usual;
    }

    /** Throws 429 for one request too many. */
    void take(Actor caller, int perMinute) {
        TokenBucket bucket = buckets.get(caller, each -> bucket(perMinute));
        if (!bucket.tryAcquire(1)) {
            long seconds = Duration.ofNanos(bucket.nanosUntil(1)).toSeconds() + 1;
            throw Problem.tooMany(
                    seconds,
                    new Problem(429, "too-many-requests", "A caller has " + perMinute + " requests a minute here."));
        }
    }

    private TokenBucket bucket(int perMinute) {
        int burst = Math.max(1, perMinute / SHARE_AT_ONCE);
        return TokenBucket.full(Limit.of(Rate.perMinute(perMinute), burst), time::nanos);
    }
}
