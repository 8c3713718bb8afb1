package io.tidings.retry;

import io.tidings.message.ErrorKind;
import io.tidings.message.Failure;
import io.tidings.message.MessageStatus;
import java.time.Duration;

/** One question to a {@link RetryPolicy}: one attempt whose outcome is unknown when its horizon has come. */
record HorizonCase(RetryPolicy policy, Tries tries, boolean resentBefore, boolean listed) {
    private static final String MISSING =
            "Nobody knows whether it was sent: the answer was lost, no callback came, and ";
    private static final String NOT_LISTED = MISSING + "the provider's list did not show it.";
    private static final String NO_LIST = MISSING + "the provider's list could not be read.";
    private static final String ASK =
            "Look it up at the provider, then replay it as a second copy at most, or close it.";
    private static final String GIVEN_UP =
            "It is not sent again by itself. Look it up at the provider before you replay it.";

    RetryDecision decide() {
        return switch (policy.rule(tries.category()).uncertain().act()) {
            case ASK -> end(ASK);
            case GIVE_UP -> end(GIVEN_UP);
            case RESEND_ONCE -> resentBefore ? end(GIVEN_UP) : resend();
            case RESEND -> resend();
        };
    }

    private RetryDecision resend() {
        if (!tries.leaveRoomFor(Duration.ZERO)) {
            return end(MessageStatus.EXPIRED, "It is not sent again, because its time-to-live has ended.");
        }
        if (tries.spent() + 1 >= policy.rule(tries.category()).attempts()) {
            return end(GIVEN_UP);
        }
        Failure cause = failure("Nothing to do: the policy of its category sends it again.");
        return new RetryDecision.TryAgain(Duration.ZERO, true, Pause.NONE, cause);
    }

    private RetryDecision end(String advice) {
        return end(MessageStatus.DEAD, advice);
    }

    private RetryDecision end(MessageStatus status, String advice) {
        return new RetryDecision.GiveUp(status, failure(advice), Pause.NONE, false);
    }

    private Failure failure(String advice) {
        return new Failure(0, ErrorKind.AMBIGUOUS, listed ? NOT_LISTED : NO_LIST, advice);
    }
}
