package io.tidings.history;

import io.tidings.message.AttemptId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * When to look for attempts with an unknown outcome, and how such doubts ended. Times are the store's own clock. Writing
 * joins the caller's transaction.
 *
 * <p>Implementations are safe for use by many threads.
 */
public interface DoubtStore {

    /** Plans the next look for an attempt after this wait, replacing an earlier plan. */
    void lookAfter(AttemptId attempt, Duration wait, int round);

    /** Ends looking for an attempt; harmless if nothing was planned. */
    void stop(AttemptId attempt);

    /**
     * Takes looks that are due, longest due first, at most {@code limit}. Each is put off by the lease in the same step,
     * so that nobody else takes it meanwhile, and comes back if its taker does not plan the next one.
     */
    List<Look> take(int limit, Duration lease);

    /** How long until the next look is due, if any; zero or negative when it is due. */
    Optional<Duration> nextLook();

    /** Adds to a counter; a negative change takes back what turned out otherwise. */
    void count(Resolution how, long change);

    /** The counters; those at zero are left out. */
    Map<Resolution, Long> counts();

    /**
     * A look that is due.
     *
     * @param attempt for which attempt
     * @param round how many looks were planned before
     */
    record Look(AttemptId attempt, int round) {}
}
