package io.tidings.retry;

import io.tidings.message.ErrorKind;
import io.tidings.message.Failure;
import io.tidings.message.MessageStatus;
import io.tidings.provider.Outcome;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One question to a {@link RetryPolicy}: one failed attempt of one message. */
record RetryCase(RetryPolicy policy, Tries tries, RandomGenerator random) implements Outcome.Cases<RetryDecision> {
    /** Twilio's code for a request over the account's concurrency; such a request was not processed. */
    private static final int TOO_MANY_REQUESTS = 20429;

    private static final Failure NEVER_LEFT = new Failure(
            0,
            ErrorKind.RETRY,
            "The provider could not be reached; nothing was sent.",
            "Nothing to do if it passes. If it lasts, check network, proxy and DNS from this machine to the provider.");

    private static final String MAY_HAVE_ARRIVED =
            "The provider may have taken the message: its answer was lost or unclear.";
    private static final String HELD =
            "The message is held until evidence shows whether it was sent. Do not send it again by hand before that.";

    @Override
    public RetryDecision accepted(Outcome.Accepted accepted) {
        return new RetryDecision.Follow();
    }

    @Override
    public RetryDecision throttled(Outcome.Throttled throttled) {
        return tooManyRequests(throttled.retryAfter());
    }

    @Override
    public RetryDecision unsent(Outcome.Unsent unsent) {
        return unprocessed(NEVER_LEFT, Duration.ZERO);
    }

    @Override
    public RetryDecision uncertain(Outcome.Uncertain uncertain) {
        ErrorCode row = policy.codes().of(uncertain.code());
        return new RetryDecision.Hold(
                row.kind() == ErrorKind.AMBIGUOUS
                        ? row.failure()
                        : new Failure(row.code(), ErrorKind.AMBIGUOUS, MAY_HAVE_ARRIVED, HELD));
    }

    @Override
    public RetryDecision rejected(Outcome.Rejected rejected) {
        ErrorCode row = policy.codes().of(rejected.code());
        if (row.code() == TOO_MANY_REQUESTS) {
            return tooManyRequests(null);
        }
        return row.kind() == ErrorKind.AMBIGUOUS ? new RetryDecision.Hold(row.failure()) : failed(row);
    }

    /** The provider did not hand the message over. */
    RetryDecision failed(ErrorCode row) {
        boolean freed = row.handling().isNotTheMessage();
        return switch (row.kind()) {
            case RETRY, RETRY_LATER, WAIT -> again(row, !freed, MessageStatus.DEAD, MessageStatus.EXPIRED);
            case CONFIGURATION ->
                freed ? again(row, false, MessageStatus.DEAD, MessageStatus.EXPIRED) : giveUp(MessageStatus.DEAD, row);
            // The provider's word is final, so there is nothing to resolve; only people can find out more.
            case AMBIGUOUS, NOTICE -> giveUp(MessageStatus.DEAD, row);
            case OTHER_ROUTE, PERMANENT -> giveUp(MessageStatus.FAILED, row);
        };
    }

    /** The carrier or the handset refused the message. */
    RetryDecision undelivered(ErrorCode row) {
        boolean allowed = row.handling().resendUndelivered() && rule().resendUndelivered();
        return allowed
                ? again(row, true, MessageStatus.UNDELIVERED, MessageStatus.UNDELIVERED)
                : giveUp(MessageStatus.UNDELIVERED, row);
    }

    private RetryDecision tooManyRequests(@Nullable Duration retryAfter) {
        Failure cause = policy.codes().of(TOO_MANY_REQUESTS).failure();
        return unprocessed(cause, asked(retryAfter));
    }

    private Duration asked(@Nullable Duration retryAfter) {
        Duration most = policy.waits().longestRetryAfter();
        if (retryAfter == null || retryAfter.isNegative()) {
            return Duration.ZERO;
        }
        return retryAfter.compareTo(most) < 0 ? retryAfter : most;
    }

    private RetryDecision again(ErrorCode row, boolean counts, MessageStatus usedUp, MessageStatus tooLate) {
        if (counts && tries.spent() + 1 >= rule().attempts()) {
            return giveUp(usedUp, row);
        }
        Duration least = Backoff.times(row.handling().leastWait().from(tries.now()), scale());
        Range delay = counts ? countedDelay(row, least) : freeDelay(least);
        return tries.leaveRoomFor(delay.shortest())
                ? new RetryDecision.TryAgain(fitting(delay), counts, pause(row), row.failure())
                : giveUp(tooLate, row);
    }

    private RetryDecision unprocessed(Failure cause, Duration least) {
        Range delay = freeDelay(least);
        return tries.leaveRoomFor(delay.shortest())
                ? new RetryDecision.TryAgain(fitting(delay), false, Pause.NONE, cause)
                : new RetryDecision.GiveUp(MessageStatus.EXPIRED, cause, Pause.NONE, false);
    }

    /** Chance may be shortened before the end of the time-to-live, but never decides between sending and expiring. */
    private Duration fitting(Range delay) {
        return tries.leaveRoomFor(delay.chosen()) ? delay.chosen() : delay.shortest();
    }

    private RetryDecision giveUp(MessageStatus status, ErrorCode row) {
        return new RetryDecision.GiveUp(
                status, row.failure(), pause(row), row.handling().suppressRecipient());
    }

    private Pause pause(ErrorCode row) {
        return row.handling().pauseFrom(tries.now(), scale());
    }

    private Range countedDelay(ErrorCode row, Duration least) {
        Waits waits = policy.waits();
        Backoff backoff = row.kind() == ErrorKind.RETRY_LATER ? waits.retryLater() : waits.retry();
        return range(backoff, tries.spent() + 1, least);
    }

    private Range freeDelay(Duration least) {
        return range(policy.waits().unprocessed(), tries.made() - tries.spent(), least);
    }

    private Range range(Backoff backoff, int failures, Duration least) {
        Backoff paced = backoff.scaledBy(scale() * rule().pace());
        return new Range(least.plus(paced.shortest(failures)), least.plus(paced.delay(failures, random)));
    }

    private CategoryRule rule() {
        return policy.rule(tries.category());
    }

    private double scale() {
        return policy.waits().scale();
    }

    private record Range(Duration shortest, Duration chosen) {}
}
