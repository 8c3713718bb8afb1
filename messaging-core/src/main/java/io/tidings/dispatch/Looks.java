package io.tidings.dispatch;

import io.tidings.message.TimeSource;
import java.util.concurrent.TimeUnit;

/**
 * Follows attempts that were sent. While messages flow it does so not in every turn of the loop, because it asks the store
 * several times. Used by whoever has the turn.
 */
final class Looks {
    private static final long AT_MOST_EVERY = TimeUnit.MILLISECONDS.toNanos(20);

    private final Resolver resolver;
    private final StatusPoller poller;
    private final TimeSource time;
    private long lookedAt;
    private boolean owed;

    Looks(Resolver resolver, StatusPoller poller, TimeSource time) {
        this.resolver = resolver;
        this.poller = poller;
        this.time = time;
        this.lookedAt = time.nanos() - AT_MOST_EVERY;
    }

    /** Starts what is due, unless it just did and messages flow. Returns nanoseconds until it is worth looking again. */
    long look(boolean flowing) {
        long left = lookedAt + AT_MOST_EVERY - time.nanos();
        owed = flowing && left > 0;
        if (owed) {
            return left;
        }
        lookedAt = time.nanos();
        return Math.min(resolver.resolve(), poller.poll());
    }

    /** Whether looks that may be due were left out, to be made up for soon. */
    boolean isOwed() {
        return owed;
    }

    StatusPoller poller() {
        return poller;
    }
}
