package io.tidings.retry;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a message of one category when no evidence tells in time whether its attempt reached the provider.
 * Immutable.
 *
 * <p>Twilio has no idempotency key for messages, so without evidence there are only two choices: perhaps twice, or
 * perhaps never. A resend is nearly safe if the first copy cannot still wait in the provider's queue: then
 * {@link #validity} ends before the horizon (Twilio: {@code ValidityPeriod}, error 30036 after it).
 *
 * <p>Without a validity only the time-to-live of the message bounds how long the provider may hold it, and without that
 * Twilio's own 10 hours.
 *
 * @param act what is done at the horizon
 * @param horizon how long evidence is waited for, counted from the commit of the attempt
 * @param validity how long the provider may hold an attempt at most, or {@code null} for no bound by the policy
 */
public record UncertainPolicy(
        Act act, Duration horizon, @Nullable Duration validity) {
    /** What a request may take from its commit until the provider has it: the lease of a sender. */
    private static final Duration ON_THE_WAY = Duration.ofSeconds(60);

    /** What is done at the horizon. */
    public enum Act {
        /** Send once more, and give up if that one stays uncertain too. */
        RESEND_ONCE,
        /** Send again as long as the category has attempts: at least once. */
        RESEND,
        /** Never send again: at most once. The message becomes a dead letter. */
        GIVE_UP,
        /** Never send again by itself: the message becomes a dead letter that a person resends or closes. */
        ASK
    }

    /** Checks the horizon. */
    public UncertainPolicy {
        if (horizon.isNegative() || horizon.isZero()) {
            throw new IllegalArgumentException("evidence must be waited for a positive time, got " + horizon);
        }
        if (validity != null && (validity.isNegative() || validity.isZero())) {
            throw new IllegalArgumentException("the provider must be allowed a positive time, got " + validity);
        }
    }

    /** One more copy after this time, whatever became of the first. */
    public static UncertainPolicy resendOnce(Duration horizon) {
        return new UncertainPolicy(Act.RESEND_ONCE, horizon, null);
    }

    /**
     * One more copy after this time, when the first one can no longer wait at the provider: the validity is the horizon
     * less what a request may take on its way, 60 s, or half of a horizon under 2 minutes.
     */
    public static UncertainPolicy resolveThenResend(Duration horizon) {
        Duration half = horizon.dividedBy(2);
        Duration way = half.compareTo(ON_THE_WAY) < 0 ? half : ON_THE_WAY;
        return new UncertainPolicy(Act.RESEND_ONCE, horizon, horizon.minus(way));
    }

    /** Copies until one is known to have been taken, within the category's attempts. */
    public static UncertainPolicy atLeastOnce(Duration horizon) {
        return new UncertainPolicy(Act.RESEND, horizon, null);
    }

    /** Never a second copy. */
    public static UncertainPolicy atMostOnce(Duration horizon) {
        return new UncertainPolicy(Act.GIVE_UP, horizon, null);
    }

    /** Never a second copy unless a person says so: for what the law counts, such as debt collection. */
    public static UncertainPolicy askAPerson(Duration horizon) {
        return new UncertainPolicy(Act.ASK, horizon, null);
    }

    /** The same, and the provider may hold an attempt no longer than this. */
    public UncertainPolicy withValidity(Duration most) {
        return new UncertainPolicy(act, horizon, most);
    }

    /** The same with horizon and validity multiplied; never below a millisecond. */
    public UncertainPolicy scaledBy(double factor) {
        Backoff.requireScale(factor);
        return new UncertainPolicy(act, scaled(horizon, factor), validity == null ? null : scaled(validity, factor));
    }

    private static Duration scaled(Duration time, double factor) {
        Duration scaled = Backoff.times(time, factor);
        Duration least = Duration.ofMillis(1);
        return scaled.compareTo(least) < 0 ? least : scaled;
    }
}
