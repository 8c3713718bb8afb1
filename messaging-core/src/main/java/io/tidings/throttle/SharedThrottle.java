package io.tidings.throttle;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * This node's way to limits that all nodes share: it takes permits in chunks, so that a fast limit costs few calls of the
 * store.
 *
 * <p>A chunk is at most a tenth of the burst, and is used within the time in which the rate mints as much; what is left
 * then is forfeited, and so is what a node had when it dies. Chunks grow only under load, by doubling; where a limit is used
 * up, it is asked again after half a chunk has accrued. The store's
 * buckets hold a chunk less than the burst, so that what all nodes send in one second stays within the permits of one
 * second and the burst. A limit whose burst is below ten is taken permit by permit.
 *
 * <p>Safe for any number of threads. A store that fails throws through.
 */
public final class SharedThrottle {
    private static final int CHUNKS = 10;
    private static final int SWEEP_AT = 1_000;

    private final LimitStore store;
    private final LongSupplier ticker;
    /** Guarded by this, as all below. */
    private final Map<String, Chunk> chunks = new HashMap<>();

    private int sweepAt = SWEEP_AT;

    /** Over this store. */
    public SharedThrottle(LimitStore store, LongSupplier ticker) {
        this.store = store;
        this.ticker = ticker;
    }

    /** Takes that many permits now, or none: {@code true} if it did. */
    public synchronized boolean tryAcquire(String name, Limit limit, int permits) {
        Chunk chunk = chunk(name);
        long tick = ticker.getAsLong();
        return chunk.use(permits, tick) || chunk.refill(name, limit, permits, tick);
    }

    /** Gives permits back that were granted and not used. */
    public synchronized void release(String name, Limit limit, int permits) {
        Chunk chunk = chunk(name);
        if (chunk.until - ticker.getAsLong() > 0) {
            chunk.held += permits;
        } else {
            store.giveBack(name, stored(limit), permits);
        }
    }

    /** Nanoseconds until it is worth trying again; 0 means now. */
    public synchronized long nanosUntil(String name, int permits) {
        Chunk chunk = chunk(name);
        return permits < chunk.refused ? 0 : Math.max(0, chunk.retryAt - ticker.getAsLong());
    }

    /** Limits that this node keeps something of. */
    synchronized int names() {
        return chunks.size();
    }

    private Chunk chunk(String name) {
        if (chunks.size() > sweepAt) {
            long tick = ticker.getAsLong();
            chunks.values().removeIf(chunk -> chunk.isSpent(tick));
            sweepAt = Math.max(SWEEP_AT, 2 * chunks.size());
        }
        return chunks.computeIfAbsent(name, key -> new Chunk());
    }

    private static Limit stored(Limit limit) {
        return Limit.of(limit.rate(), limit.burst() - most(limit));
    }

    private static int most(Limit limit) {
        return limit.burst() / CHUNKS;
    }

    /** Nanoseconds in which a whole chunk accrues. */
    private static long life(Limit limit) {
        return (long) (1e9 * most(limit) / limit.rate().perSecond());
    }

    private final class Chunk {
        private int held;
        private long until = ticker.getAsLong();
        /** How many the last call took, and how many the last refused one asked for. */
        private int taken;

        private int refused = Integer.MAX_VALUE;
        private long retryAt = until;

        boolean isSpent(long tick) {
            return until - tick <= 0 && retryAt - tick <= 0;
        }

        boolean use(int permits, long tick) {
            if (held < permits || until - tick <= 0) {
                return false;
            }
            held -= permits;
            return true;
        }

        boolean refill(String name, Limit limit, int permits, long tick) {
            if (permits >= refused && retryAt - tick > 0) {
                return false;
            }
            boolean busy = until - tick > 0;
            int left = busy ? held : 0;
            int needed = permits - left;
            int wanted = busy ? Math.max(needed, Math.min(most(limit), 2 * taken)) : needed;
            Grant grant = store.take(name, stored(limit), needed, wanted);
            if (grant.permits() == 0) {
                refused = permits;
                retryAt =
                        tick + Math.max(1 + life(limit) / 2, grant.retryAfter().toNanos());
                return false;
            }
            refused = Integer.MAX_VALUE;
            taken = grant.permits();
            held = left + taken - permits;
            until = tick + life(limit);
            return true;
        }
    }
}
