package io.tidings.throttle;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** The in-memory twin of a {@link LimitStore}. */
final class MemoryLimits implements LimitStore {
    private static final int SWEEP_AT = 1_000;

    private final InstantSource time;
    /** Guarded by this, as all below. */
    private final Map<String, Kept> buckets = new HashMap<>();

    private final Map<String, Map<String, Part>> slots = new HashMap<>();
    private int sweepAt = SWEEP_AT;

    private record Kept(SharedBucket bucket, Limit limit) {}

    private record Part(int slots, Instant until) {}

    MemoryLimits(InstantSource time) {
        this.time = time;
    }

    @Override
    public synchronized Grant take(String name, Limit limit, int atLeast, int atMost) {
        Instant now = time.instant();
        SharedBucket.Taken taken = bucket(name, limit, now).take(limit, now, atLeast, atMost);
        if (taken.grant().permits() > 0) {
            buckets.put(name, new Kept(taken.after(), limit));
            sweep(now);
        }
        return taken.grant();
    }

    @Override
    public synchronized void giveBack(String name, Limit limit, int permits) {
        Instant now = time.instant();
        buckets.put(name, new Kept(bucket(name, limit, now).given(limit, now, permits), limit));
    }

    private SharedBucket bucket(String name, Limit limit, Instant now) {
        Kept kept = buckets.get(name);
        return kept == null ? SharedBucket.full(limit, now) : kept.bucket();
    }

    private void sweep(Instant now) {
        if (buckets.size() > sweepAt) {
            buckets.values()
                    .removeIf(kept -> kept.bucket().given(kept.limit(), now, 1).level()
                            >= kept.limit().burst());
            sweepAt = Math.max(SWEEP_AT, 2 * buckets.size());
        }
    }

    @Override
    public synchronized int slots(String name, int ceiling, String node, int inUse, Duration lease) {
        Instant now = time.instant();
        Map<String, Part> parts = slots.computeIfAbsent(name, key -> new HashMap<>());
        parts.remove(node);
        parts.values().removeIf(part -> !part.until().isAfter(now));
        int nodes = parts.size() + 1;
        int left = ceiling - parts.values().stream().mapToInt(Part::slots).sum();
        int fair = (ceiling + nodes - 1) / nodes;
        if (left < 1) {
            left = nodes > ceiling ? 1 : 0;
        }
        if (!lease.isZero()) {
            parts.put(node, new Part(Math.min(left, Math.max(fair, inUse)), now.plus(lease)));
        }
        return lease.isZero() ? 0 : Math.min(left, fair);
    }
}
