package io.tidings.dispatch;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.tidings.audit.Action;
import io.tidings.audit.Actor;
import io.tidings.audit.AuditLog;
import io.tidings.message.Failure;
import io.tidings.message.PlainDuration;
import io.tidings.message.TimeSource;
import io.tidings.provider.AccountCheck;
import io.tidings.provider.AccountCheck.State;
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
 *
 * <p>Stopping and going on are acts of the audit trail, once {@link #recordIn} names it.
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

    private volatile @Nullable AuditLog acts;
    /** Until when nothing new is sent, on the ticker. */
    private volatile long heldUntil;

    AccountState(String account, DispatchSettings settings, TimeSource time) {
        this.account = account;
        this.time = time;
        this.heldUntil = time.nanos();
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

    TimeSource time() {
        return time;
    }

    /** Begins no attempt for this long; zero lets it go on. */
    void hold(Duration atMost) {
        heldUntil = time.nanos() + atMost.toNanos();
    }

    /** For how long it may not begin anything; zero or less if it may. */
    long nanosHeld() {
        return heldUntil - time.nanos();
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

    /**
     * A check beside the probes: what it finds wrong stops the account, as the same answer to a message would. Returns whether
     * it did.
     */
    boolean found(AccountCheck check) {
        return (check.state() == State.SUSPENDED || check.state() == State.REJECTED)
                && stop(check.detail(), Duration.ZERO);
    }

    private boolean stop(String reason, Duration atLeast) {
        boolean stops = standStill(reason, time.nanos() + atLeast.toNanos());
        if (stops) {
            log.warn(
                    "account {} stands still, messages are kept, it is checked every {}: {}",
                    account,
                    PlainDuration.of(probeInterval),
                    reason);
            record(Action.ACCOUNT_PAUSED, reason);
        }
        return stops;
    }

    void recordIn(AuditLog log) {
        acts = log;
    }

    /** Outside the lock and outside of transactions; that messages stand still matters more than the record of it. */
    private void record(Action what, String why) {
        AuditLog trail = acts;
        if (trail != null) {
            try {
                trail.act(what, Actor.system("dispatch"))
                        .reason(why)
                        .detail("account", account)
                        .record();
            } catch (RuntimeException e) {
                log.warn(
                        "account {}: {} could not be recorded: {}",
                        account,
                        what,
                        e.getClass().getName());
            }
        }
    }

    private synchronized boolean standStill(String reason, long earliest) {
        boolean wasRunning = stopped == null;
        if (wasRunning || earliest - nextProbe > 0) {
            nextProbe = earliest;
        }
        stopped = reason;
        return wasRunning;
    }

    /** Whether the account should be checked now; the caller then does it and reports to {@link #checked}. */
    synchronized boolean takeProbe() {
        if (stopped == null || probing || time.nanos() - nextProbe < 0) {
            return false;
        }
        probing = true;
        return true;
    }

    /** Nanoseconds until the next check is due; a second while one is made, and for ever if none is planned. */
    synchronized long nanosUntilProbe() {
        if (stopped == null) {
            return Long.MAX_VALUE;
        }
        return probing ? TimeUnit.SECONDS.toNanos(1) : Math.max(0, nextProbe - time.nanos());
    }

    /** Takes the answer of a check. */
    void checked(AccountCheck check) {
        boolean active = check.state() == State.ACTIVE || check.state() == State.TEST_CREDENTIALS;
        if (took(check, active)) {
            log.info("account {} sends again", account);
            record(Action.ACCOUNT_RESUMED, check.detail());
        }
    }

    private synchronized boolean took(AccountCheck check, boolean active) {
        probing = false;
        long next = time.nanos() + probeInterval.toNanos();
        nextProbe = next - nextProbe > 0 ? next : nextProbe;
        boolean stood = stopped != null;
        if (active) {
            stopped = null;
            breaker.reset();
        } else if (stood) {
            stopped = check.detail();
        }
        return active && stood;
    }
}
