package io.tidings.dispatch;

import io.tidings.message.Category;
import io.tidings.message.TimeSource;
import io.tidings.outbox.OwnedSender;
import io.tidings.throttle.AdaptiveRate;
import io.tidings.throttle.LaneShares;
import io.tidings.throttle.Limit;
import io.tidings.throttle.TokenBucket;
import java.time.Duration;

/**
 * The pace of one sender: its bucket in segments, shared by its lanes, slowed while the carrier complains. A new owner
 * starts with an empty bucket, so that a change of owner never doubles a burst, unless the sender has rested so long that
 * the bucket of any owner before would be full by now. Safe for use by many threads.
 */
final class SenderPace {
    /** No text has more: even one of graphemes that fill more than half a UCS-2 part each. */
    static final int MOST_SEGMENTS = 47;

    private final TimeSource time;
    private final TokenBucket bucket;
    private final AdaptiveRate adaptive;
    private final LaneShares shares;
    private volatile long pausedUntil;
    private volatile boolean paused;

    SenderPace(OwnedSender owned, Limit limit, LaneShares shares, TimeSource time) {
        this.time = time;
        this.shares = shares;
        this.bucket = owned.hasRested(limit.fillTime(MOST_SEGMENTS))
                ? TokenBucket.full(limit, time::nanos)
                : TokenBucket.empty(limit, time::nanos);
        this.adaptive = new AdaptiveRate(bucket, time::nanos);
    }

    /** Takes the permits of a message, or says no. */
    boolean tryAcquire(int segments, Category lane) {
        return bucket.tryAcquire(segments, keep(lane));
    }

    /** Gives back what was not used. */
    void release(int segments) {
        bucket.release(segments);
    }

    /** How long until a message of that lane could get its permits. */
    long nanosUntil(int segments, Category lane) {
        return bucket.nanosUntil(segments, keep(lane));
    }

    private int keep(Category lane) {
        return shares.keep(lane.lane(), bucket.limit().burst());
    }

    /** Puts another limit in force. */
    void change(Limit limit) {
        adaptive.change(limit);
    }

    /** The carrier complained about the pace. */
    void pause(Duration atLeast) {
        adaptive.throttled();
        pausedUntil =
                time.nanos() + Math.min(atLeast.toMillis(), Duration.ofHours(1).toMillis()) * 1_000_000L;
        paused = true;
    }

    /** A message was accepted. */
    void accepted() {
        adaptive.succeeded();
    }

    /** Nanoseconds until a pause ends, 0 if there is none; also lets the rate recover by time. */
    long refresh() {
        adaptive.refresh();
        if (!paused) {
            return 0;
        }
        long left = pausedUntil - time.nanos();
        if (left <= 0) {
            paused = false;
            return 0;
        }
        return left;
    }
}
