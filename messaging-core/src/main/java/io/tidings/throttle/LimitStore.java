package io.tidings.throttle;

import java.time.Duration;
import java.time.InstantSource;

/**
 * Limits that all nodes share: rates by name, and slots for what may be in flight at one time.
 *
 * <p>All goes by the store's own clock. Every call takes effect at once, in a short transaction of its own: never call it
 * inside one. What a node had and did not give back is lost if it dies, so nodes take little at a time. Implementations
 * are safe for use by many threads.
 */
public interface LimitStore {

    /**
     * Takes permits of a rate: as many as there are, from {@code atLeast} to {@code atMost}, or none. A name that the
     * store does not know has a full bucket, so a bucket that is full again may be forgotten.
     *
     * <p>In no second of the store's clock more is given than the permits of one second and the larger of burst and the
     * largest {@code atLeast}, whoever asks. A larger {@code atLeast} than the burst passes when the bucket is full, and
     * leaves a debt. Another limit than the last time is in force at once; what is in the bucket stays, up to the new
     * burst. See {@link SharedBucket} for the arithmetic and for clocks that step.
     */
    Grant take(String name, Limit limit, int atLeast, int atMost);

    /** Gives permits back that were taken just now and not used; the bucket never holds more than its burst. */
    void giveBack(String name, Limit limit, int permits);

    /**
     * Renews the part that a node has of a number of slots which all nodes share, and returns how many it may use from now
     * on, until {@code lease} from now.
     *
     * <p>The part is an equal one, rounded up, as far as the others leave room: what another node has or still uses stays
     * its own until it calls again or its lease ends. So all parts together never exceed the slots; a node that joins
     * gets its part when the others have called again and ended what exceeds theirs. Only when there are more nodes than
     * slots, each has one.
     *
     * @param ceiling how many slots there are
     * @param inUse how many the node uses at this moment
     * @param lease how long a node keeps its part without calling; zero gives it up
     */
    int slots(String name, int ceiling, String node, int inUse, Duration lease);

    /** Limits of this process alone. */
    static LimitStore inMemory(InstantSource time) {
        return new MemoryLimits(time);
    }
}
