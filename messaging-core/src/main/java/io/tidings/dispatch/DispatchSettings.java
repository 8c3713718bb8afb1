package io.tidings.dispatch;

import io.tidings.throttle.LaneShares;
import java.time.Duration;

/**
 * How the dispatcher works.
 *
 * @param inFlight the most requests in flight per account, over all nodes; default 64. Twilio answers 429 to more than an account's
 *     ceiling, which a third party states as 100
 * @param lease how long a node owns a sender without renewing; default 60 s
 * @param callDeadline the longest a request may take; default 30 s. A request leaves only if the lease outlives it by
 *     five seconds
 * @param pollInterval how often the store is looked at without a hint; default 1 s. While nothing is due a look comes a fifth later,
 *     so what another node took in may wait for 1.2 s
 * @param grace how long a stop waits for requests in flight; default 35 s, which is longer than the call deadline
 * @param probeInterval how often an account that stands still is checked; default 2 s
 * @param shares what is reserved for the upper lanes of a sender; default 20 % for OTP, 10 % for ALERT
 */
public record DispatchSettings(
        int inFlight,
        Duration lease,
        Duration callDeadline,
        Duration pollInterval,
        Duration grace,
        Duration probeInterval,
        LaneShares shares) {

    private static final Duration MARGIN = Duration.ofSeconds(5);

    /** Checks that the figures fit each other. */
    public DispatchSettings {
        if (inFlight < 1) {
            throw new IllegalArgumentException("at least one request must be allowed in flight, got " + inFlight);
        }
        if (pollInterval.isNegative() || pollInterval.isZero()) {
            throw new IllegalArgumentException("the poll interval must be positive, got " + pollInterval);
        }
        if (probeInterval.isNegative() || probeInterval.isZero()) {
            throw new IllegalArgumentException("the probe interval must be positive, got " + probeInterval);
        }
        if (lease.compareTo(callDeadline.plus(MARGIN)) <= 0) {
            throw new IllegalArgumentException("the lease (" + lease + ") must be longer than the call deadline ("
                    + callDeadline + ") plus " + MARGIN);
        }
    }

    /** The defaults named above. */
    public static DispatchSettings defaults() {
        return new DispatchSettings(
                64,
                Duration.ofSeconds(60),
                Duration.ofSeconds(30),
                Duration.ofSeconds(1),
                Duration.ofSeconds(35),
                Duration.ofSeconds(2),
                LaneShares.reserving(20, 10));
    }

    /** The same with another number of requests in flight. */
    public DispatchSettings withInFlight(int most) {
        return new DispatchSettings(most, lease, callDeadline, pollInterval, grace, probeInterval, shares);
    }

    /** The same with another lease and call deadline. */
    public DispatchSettings withLease(Duration lease, Duration callDeadline) {
        return new DispatchSettings(inFlight, lease, callDeadline, pollInterval, grace, probeInterval, shares);
    }

    /** The same with another poll interval. */
    public DispatchSettings withPollInterval(Duration interval) {
        return new DispatchSettings(inFlight, lease, callDeadline, interval, grace, probeInterval, shares);
    }

    /** The same with another grace at stop. */
    public DispatchSettings withGrace(Duration grace) {
        return new DispatchSettings(inFlight, lease, callDeadline, pollInterval, grace, probeInterval, shares);
    }

    /** The same with another time between checks of an account that stands still. */
    public DispatchSettings withProbeInterval(Duration interval) {
        return new DispatchSettings(inFlight, lease, callDeadline, pollInterval, grace, interval, shares);
    }

    /** The lease that a request needs to have left when it starts. */
    Duration neededLease() {
        return callDeadline.plus(MARGIN);
    }
}
