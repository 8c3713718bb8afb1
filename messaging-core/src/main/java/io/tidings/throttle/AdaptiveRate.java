package io.tidings.throttle;

import java.util.function.LongSupplier;

/**
 * Slows the bucket of a sender while the carrier complains, and brings it back.
 *
 * <p>Report {@link #throttled} for the answers that speak about a sender's pace (Twilio: 21611 queue full, 30001 queue
 * overflow, 30022 rate exceeded) and {@link #succeeded} for every accepted message; call {@link #refresh} at each
 * wake-up, so that a sender too slow to get answers recovers by time. Under steady complaints the rate is below 10
 * percent of normal within 5 seconds (6 percent at the lowest); it is back within 30 seconds after the last one. Safe for
 * any number of threads. The 429 of an account is about requests in flight: see {@link AdaptiveWindow}.
 */
public final class AdaptiveRate {
    private static final double FLOOR = 0.06;

    private final TokenBucket bucket;
    private final LongSupplier ticker;

    /** Guarded by this, as are the changes of the bucket's limit. */
    private Limit normal;

    private Adaptation adaptation;

    /**
     * Takes charge of the bucket's limit; the limit it has now is the normal one.
     *
     * @param ticker nanoseconds, the one of the bucket
     */
    public AdaptiveRate(TokenBucket bucket, LongSupplier ticker) {
        this.bucket = bucket;
        this.ticker = ticker;
        this.normal = bucket.limit();
        this.adaptation = Adaptation.whole(FLOOR, ticker.getAsLong());
    }

    /** The carrier complained about the pace: halves the rate, at most twice per second. */
    public synchronized void throttled() {
        adapt(adaptation.complained(ticker.getAsLong()));
    }

    /** A message was accepted: the rate grows with the time since the last complaint. */
    public synchronized void succeeded() {
        adapt(adaptation.succeeded(ticker.getAsLong()));
    }

    /** Lets time heal after 15 seconds without a complaint; cheap, call it before asking the bucket. */
    public synchronized void refresh() {
        adapt(adaptation.rested(ticker.getAsLong()));
    }

    /** Puts another normal limit in force; the share in force stays. */
    public synchronized void change(Limit limit) {
        normal = limit;
        bucket.change(limit.times(adaptation.share()));
    }

    /** The share of the normal rate in force, above 0 and at most 1. */
    public synchronized double share() {
        return adaptation.share();
    }

    private void adapt(Adaptation next) {
        boolean moved = next.share() != adaptation.share();
        adaptation = next;
        if (moved) {
            bucket.change(normal.times(next.share()));
        }
    }
}
