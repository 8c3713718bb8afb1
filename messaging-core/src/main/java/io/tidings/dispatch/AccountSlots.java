package io.tidings.dispatch;

import io.tidings.message.StoreUnavailableException;
import io.tidings.message.TimeSource;
import io.tidings.throttle.AdaptiveWindow;
import io.tidings.throttle.LimitStore;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's part of the requests that an account may have in flight over all nodes. It asks at each poll interval while
 * requests are in flight or it has no part, and otherwise often enough to keep its part. Used by the loop alone.
 */
final class AccountSlots {
    private static final Logger log = LoggerFactory.getLogger(AccountSlots.class);
    private static final int IDLE_CALLS_PER_LEASE = 12;

    private final String name;
    private final String node;
    private final LimitStore limits;
    private final DispatchSettings settings;
    private final AdaptiveWindow window;
    private final TimeSource time;
    private long askedAt;
    private boolean asked;
    private boolean wanting = true;
    private boolean resting;

    AccountSlots(String account, String node, LimitStore limits, DispatchSettings settings, AccountState state) {
        this.name = "account|" + account;
        this.node = node;
        this.limits = limits;
        this.settings = settings;
        this.window = state.window();
        this.time = state.time();
    }

    /** Asks if it is time to. Returns when it will be again. */
    long renew() {
        resting = false;
        wanting |= window.inFlight() > 0;
        Duration every = wanting ? settings.pollInterval() : settings.lease().dividedBy(IDLE_CALLS_PER_LEASE);
        long left = askedAt + every.toNanos() - time.nanos();
        if (asked && left > 0) {
            return left;
        }
        try {
            int slots = limits.slots(name, settings.inFlight(), node, window.inFlight(), settings.lease());
            window.grant(slots);
            wanting = slots == 0 || window.inFlight() > 0;
        } catch (StoreUnavailableException e) {
            log.warn("the slots in flight could not be renewed: {}", e.getMessage());
        }
        asked = true;
        askedAt = time.nanos();
        return settings.pollInterval().toNanos();
    }

    /** Leaves its part to the others until it is asked to renew it: nothing is to be sent. */
    void rest() {
        if (asked) {
            window.grant(0);
            giveUp();
        }
        resting = true;
        wanting = true;
    }

    boolean isResting() {
        return resting;
    }

    /** Whether it has a part and uses none of it, or wants none. */
    boolean areIdle() {
        return resting || (asked && !wanting && window.inFlight() == 0);
    }

    /** When it last asked, on the ticker. */
    long askedAt() {
        return askedAt;
    }

    /** Leaves its part to the others. */
    void giveUp() {
        asked = false;
        limits.slots(name, settings.inFlight(), node, 0, Duration.ZERO);
    }
}
