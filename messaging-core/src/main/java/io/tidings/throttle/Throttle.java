package io.tidings.throttle;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A token bucket for each of many lanes, in bounded memory.
 *
 * <p>A lane behaves as if its bucket had existed since the throttle was made. A full bucket says nothing that a new one
 * would not say, so full buckets are dropped when room is needed. When every bucket is in use, a further lane is
 * refused until one has filled up: the bound is on lanes used within one filling time, burst divided by rate.
 *
 * <p>Safe for any number of threads; a grant or refusal of a known lane takes no lock and allocates nothing. A lane needs
 * {@code equals} and {@code hashCode}.
 *
 * @param <K> what names a lane, such as a sender or a tenant
 */
public final class Throttle<K> {
    static final long SWEEP_NANOS = 10_000_000;

    /** Its monitor is held to add a bucket, so that there are never too many. */
    private final ConcurrentHashMap<K, TokenBucket> buckets = new ConcurrentHashMap<>();

    private final Function<? super K, Limit> limits;
    private final int maxLanes;
    private final boolean bornFull;
    private final LongSupplier ticker;
    private final long born;
    private final AtomicLong swept;
    private Refill common;

    private Throttle(Function<? super K, Limit> limits, int maxLanes, boolean bornFull, LongSupplier ticker) {
        if (maxLanes < 1) {
            throw new IllegalArgumentException("A throttle holds at least 1 lane, not " + maxLanes + ".");
        }
        this.limits = limits;
        this.maxLanes = maxLanes;
        this.bornFull = bornFull;
        this.ticker = ticker;
        this.born = ticker.getAsLong();
        this.swept = new AtomicLong(born - SWEEP_NANOS);
        this.common = Refill.from(Limit.of(Rate.perSecond(1)), born, 0);
    }

    /**
     * A throttle whose lanes start full.
     *
     * @param limits the limit of a lane, asked when its bucket is made and by {@link #refresh}
     * @param maxLanes the most buckets held at one time
     */
    public static <K> Throttle<K> full(Function<? super K, Limit> limits, int maxLanes, LongSupplier ticker) {
        return new Throttle<>(limits, maxLanes, true, ticker);
    }

    /** A throttle whose lanes are empty when it is made, whether used then or later. */
    public static <K> Throttle<K> empty(Function<? super K, Limit> limits, int maxLanes, LongSupplier ticker) {
        return new Throttle<>(limits, maxLanes, false, ticker);
    }

    /** Takes that many permits of a lane now, or none: {@code true} if it did. */
    public boolean tryAcquire(K lane, int permits) {
        return tryAcquire(lane, permits, 0);
    }

    /** Like {@link TokenBucket#tryAcquire(int, int)} on the bucket of a lane. */
    public boolean tryAcquire(K lane, int permits, int keep) {
        while (true) {
            TokenBucket bucket = bucket(lane);
            if (bucket == null) {
                return false;
            }
            if (bucket.tryAcquire(permits, keep)) {
                return true;
            }
            if (!bucket.isRetired()) {
                return false;
            }
        }
    }

    /** Like {@link TokenBucket#tryAcquireUpTo(int, int)} on the bucket of a lane. */
    public int tryAcquireUpTo(K lane, int permits, int keep) {
        while (true) {
            TokenBucket bucket = bucket(lane);
            int taken = bucket == null ? 0 : bucket.tryAcquireUpTo(permits, keep);
            if (taken > 0 || bucket == null || !bucket.isRetired()) {
                return taken;
            }
        }
    }

    /** Gives back permits of a lane that were granted and not used. */
    public void release(K lane, int permits) {
        while (true) {
            TokenBucket bucket = bucket(lane);
            if (bucket == null) {
                return;
            }
            bucket.release(permits);
            if (!bucket.isRetired()) {
                return;
            }
        }
    }

    /**
     * Nanoseconds until {@link #tryAcquire(Object, int, int)} would succeed if nobody else takes any; 0 means now. For
     * a lane that has no room it is the time until room is looked for again, 10 ms.
     */
    public long nanosUntil(K lane, int permits, int keep) {
        while (true) {
            TokenBucket bucket = bucket(lane);
            if (bucket == null) {
                return SWEEP_NANOS;
            }
            long nanos = bucket.nanosUntil(permits, keep);
            if (!bucket.isRetired()) {
                return nanos;
            }
        }
    }

    /** Asks for the limit of a lane again and puts it in force; a lane without a bucket gets it when it is next used. */
    public void refresh(K lane) {
        TokenBucket bucket = buckets.get(lane);
        if (bucket != null) {
            bucket.change(limits.apply(lane));
        }
    }

    /** Buckets held now, at most the bound given. */
    public int lanes() {
        return buckets.size();
    }

    /** The lane's live bucket, made if there is room, or null. */
    private @Nullable TokenBucket bucket(K lane) {
        TokenBucket known = buckets.get(lane);
        if (known != null && !known.isRetired()) {
            return known;
        }
        if (known != null) {
            buckets.remove(lane, known);
        }
        return open(lane);
    }

    private @Nullable TokenBucket open(K lane) {
        if (buckets.size() >= maxLanes && !sweep()) {
            return buckets.get(lane);
        }
        Limit limit = limits.apply(lane);
        synchronized (buckets) {
            TokenBucket raced = buckets.get(lane);
            if (raced != null || buckets.size() >= maxLanes) {
                return raced;
            }
            Refill refill = refill(limit);
            TokenBucket fresh = new TokenBucket(refill, bornFull ? -refill.capacity() : 0, ticker);
            buckets.put(lane, fresh);
            return fresh;
        }
    }

    /** Lanes of one limit share one refill: it is the same for all of them, and stays in the processor's cache. */
    private Refill refill(Limit limit) {
        if (!common.limit().equals(limit)) {
            common = Refill.from(limit, born, 0);
        }
        return common;
    }

    /** Drops the full buckets, at most once in a while; {@code true} if there is room. */
    private boolean sweep() {
        long last = swept.get();
        long now = ticker.getAsLong();
        if ((now - last >= 0 && now - last < SWEEP_NANOS) || !swept.compareAndSet(last, now)) {
            return false;
        }
        buckets.forEach((lane, bucket) -> {
            if (bucket.retireIfFull()) {
                buckets.remove(lane, bucket);
            }
        });
        return buckets.size() < maxLanes;
    }
}
