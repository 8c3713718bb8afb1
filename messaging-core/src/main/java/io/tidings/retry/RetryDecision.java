package io.tidings.retry;

import io.tidings.message.Failure;
import io.tidings.message.MessageStatus;
import java.time.Duration;

/** What follows an attempt. */
public sealed interface RetryDecision {

    /** Who must stand still beside the message; {@link Pause#NONE} for most. Applies whatever becomes of the message. */
    default Pause pause() {
        return Pause.NONE;
    }

    /** The provider has the message: nothing to decide, follow its status. */
    record Follow() implements RetryDecision {}

    /**
     * Another attempt.
     *
     * @param delay how long it must wait, zero or more; ends within the message's time-to-live
     * @param countsAgainstBudget whether the failed attempt uses up one of the category's attempts
     * @param pause who stands still
     * @param cause why the attempt failed
     */
    record TryAgain(Duration delay, boolean countsAgainstBudget, Pause pause, Failure cause) implements RetryDecision {}

    /**
     * The end.
     *
     * @param status {@link MessageStatus#FAILED}, {@link MessageStatus#UNDELIVERED}, {@link MessageStatus#DEAD} or
     *     {@link MessageStatus#EXPIRED}
     * @param failure why
     * @param pause who stands still
     * @param suppressRecipient whether the recipient goes on the opt-out list
     */
    record GiveUp(MessageStatus status, Failure failure, Pause pause, boolean suppressRecipient)
            implements RetryDecision {

        /** Refuses a status that is no end of a failed attempt. */
        public GiveUp {
            boolean fits = switch (status) {
                case FAILED, UNDELIVERED, DEAD, EXPIRED -> true;
                default -> false;
            };
            if (!fits) {
                throw new IllegalArgumentException(
                        "a message is given up as FAILED, UNDELIVERED, DEAD or EXPIRED, got " + status);
            }
        }
    }

    /**
     * It may have reached the provider: the message becomes {@link MessageStatus#UNCERTAIN} and is never sent again on
     * this ground.
     *
     * @param cause what is known
     */
    record Hold(Failure cause) implements RetryDecision {}

    /** Calls the one function that fits, so that a new variant does not compile until it is handled. */
    default <R> R match(Cases<R> cases) {
        if (this instanceof Follow follow) {
            return cases.follow(follow);
        }
        if (this instanceof TryAgain tryAgain) {
            return cases.tryAgain(tryAgain);
        }
        if (this instanceof GiveUp giveUp) {
            return cases.giveUp(giveUp);
        }
        return cases.hold((Hold) this);
    }

    /** One function per variant. */
    interface Cases<R> {
        /** The provider has it. */
        R follow(Follow follow);

        /** Another attempt. */
        R tryAgain(TryAgain tryAgain);

        /** The end. */
        R giveUp(GiveUp giveUp);

        /** Held until evidence decides. */
        R hold(Hold hold);
    }
}
