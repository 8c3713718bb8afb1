package io.tidings.dispatch;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.tidings.message.Failure;
import io.tidings.message.TimeSource;
import io.tidings.provider.AccountCheck;
import io.tidings.provider.Outcome;
import io.tidings.throttle.AdaptiveWindow;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether an account may send, and how many requests may be in flight.
 *
 * <p>It stands still when its credentials are refused, when it is suspended, or when the provider is out of reach (the
 * circuit breaker: at least half of the last ten outcomes, but four, without a usable answer). In each case only a check
 * of the account starts it again, never a message. Safe for use by many threads.
 */
final class AccountState {
    private static final Logger log = LoggerFactory.getLogger(AccountState.class);

    private final String account;
    private final TimeSource time;
    private final Duration probeInterval;
    private final AdaptiveWindow window;
    private final CircuitBreaker breaker;
    /** Guarded by this, as all below: why it stands still, or null. */
    private @Nullable String stopped;

    private long nextProbe;
    private boolean probing;

    AccountState(String account, DispatchSettings settings, TimeSource time) {
        this.account = account;
        this.time = time;
        this.probeInterval = settings.probeInterval();
        this.window = new AdaptiveWindow(settings.inFlight(), time::nanos);
        this.breaker = CircuitBreaker.of(
                account,
                CircuitBreakerConfig.custom()
                        .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                        .slidingWindowSize(10)
                        .minimumNumberOfCalls(4)
                        .failureRateThreshold(50)
                        .waitDurationInOpenState(Duration.ofDays(1))
                        .build());
    }

    AdaptiveWindow window() {
        return window;
    }

    /** Whether messages may leave. */
    synchronized boolean isRunning() {
        return stopped == null;
    }

    /** Why it stands still, or null if it does not. */
    synchronized @Nullable String stopReason() {
        return stopped;
    }

    /** Learns from an outcome. */
    void observe(Outcome outcome) {
        if (outcome instanceof Outcome.Throttled throttled) {
            Duration asked = throttled.retryAfter();
            window.throttled(asked == null ? Duration.ZERO : asked);
            return;
        }
        if (outcome instanceof Outcome.Unsent || outcome instanceof Outcome.Uncertain) {
            breaker.onError(0, TimeUnit.NANOSECONDS, new IllegalStateException("no usable answer"));
            if (breaker.getState() == CircuitBreaker.State.OPEN) {
                stop("the provider does not answer", Duration.ZERO);
            }
            return;
        }
        window.succeeded();
        breaker.onSuccess(0, TimeUnit.NANOSECONDS);
    }

    /** The provider said that nothing this account sends can work. */
    void pause(Duration atLeast, Failure failure) {
        stop("error " + failure.code() + ": " + failure.explanation(), atLeast);
    }

    private synchronized void stop(String reason, Duration atLeast) {
        long earliest = time.nanos() + atLeast.toNanos();
        if (stopped == null) {
            log.warn(
                    "account {} stands still, messages are kept, it is checked every {}: {}",
                    account,
                    probeInterval,
                    reason);
            nextProbe = earliest;
        } else if (earliest - nextProbe > 0) {
            nextProbe = earliest;
        }
        stopped = reason;
    }

    /** Whether the account should be checked now; the caller then does it and reports to {@link #checked}. */
    synchronized boolean takeProbe() {
        if (stopped == null || probing || time.nanos() - nextProbe < 0) {
            return false;
        }
        probing = true;
        return true;
    }

    /** Nanoseconds until the next check is due, or a second if none is planned. */
    synchronized long nanosUntilProbe() {
        return stopped == null || probing ? TimeUnit.SECONDS.toNanos(1) : Math.max(0, nextProbe - time.nanos());
    }

    /** Takes the answer of a check. */
    synchronized void checked(AccountCheck check) {
        probing = false;
        long next = time.nanos() + probeInterval.toNanos();
        nextProbe = next - nextProbe > 0 ? next : nextProbe;
        switch (check.state()) {
            case ACTIVE, TEST_CREDENTIALS -> {
                if (stopped != null) {
                    log.info("account {} sends again", account);
                }
                stopped = null;
                breaker.reset();
            }
            case REJECTED, SUSPENDED, UNREACHABLE -> {
                if (stopped != null) {
                    stopped = check.detail();
                }
            }
        }
    }
}
