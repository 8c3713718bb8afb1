package io.tidings.outbox;

/**
 * How many messages are in the queue.
 *
 * @param scheduled waiting for a later time, before their first attempt
 * @param queued waiting for their turn or their next attempt
 * @param sending in the air
 * @param uncertain held because the outcome is unknown
 */
public record QueueCounts(long scheduled, long queued, long sending, long uncertain) {
    /** All of them. */
    public long total() {
        return scheduled + queued + sending + uncertain;
    }
}
