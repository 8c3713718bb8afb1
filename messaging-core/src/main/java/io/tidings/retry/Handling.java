package io.tidings.retry;

import io.tidings.message.ErrorKind;
import java.time.Duration;
import java.time.Instant;

/**
 * What an error code makes Tidings do. Immutable; contradictions are refused when it is made, so an override by the host
 * is as sound as the standard table.
 *
 * @param kind the class of the error
 * @param leastWait the least wait before the next try; required for {@link ErrorKind#WAIT} and for a paused sender
 * @param pause who stands still; such a failure is not the message's and uses up none of its attempts
 * @param suppressRecipient whether the code proves an opt-out: the recipient goes on the opt-out list
 * @param resendUndelivered whether a message that the carrier or handset refused with this code may go out again; only
 *     for refusals that are certain and pass by themselves
 */
public record Handling(
        ErrorKind kind, WaitRule leastWait, Pause.Scope pause, boolean suppressRecipient, boolean resendUndelivered) {

    /** Refuses contradictions. */
    public Handling {
        boolean retried = isRetried(kind);
        if (kind == ErrorKind.WAIT && WaitRule.NONE.equals(leastWait)) {
            throw new IllegalArgumentException("kind WAIT needs a wait: say until when");
        }
        if (pause == Pause.Scope.SENDER && WaitRule.NONE.equals(leastWait)) {
            throw new IllegalArgumentException("pause SENDER needs a wait: say for how long");
        }
        if (pause != Pause.Scope.NONE && !retried && kind != ErrorKind.CONFIGURATION) {
            throw new IllegalArgumentException("pause " + pause + " contradicts kind " + kind
                    + ": the message waits for the end of the pause, so it must be one that can work later");
        }
        if (suppressRecipient && kind != ErrorKind.PERMANENT) {
            throw new IllegalArgumentException(
                    "suppressing the recipient contradicts kind " + kind + ": an opt-out is PERMANENT");
        }
        if (resendUndelivered && !retried) {
            throw new IllegalArgumentException(
                    "a resend after undelivered contradicts kind " + kind + ": use RETRY, RETRY_LATER or WAIT");
        }
    }

    /** Only the class: no wait, no pause, no suppression, no resend. Not enough for {@link ErrorKind#WAIT}. */
    public static Handling of(ErrorKind kind) {
        return new Handling(kind, WaitRule.NONE, Pause.Scope.NONE, false, false);
    }

    /** Waits for a rule's time. */
    public static Handling waiting(WaitRule wait) {
        return new Handling(ErrorKind.WAIT, wait, Pause.Scope.NONE, false, false);
    }

    /** The same with another least wait. */
    public Handling withLeastWait(WaitRule other) {
        return new Handling(kind, other, pause, suppressRecipient, resendUndelivered);
    }

    /** The same with another pause. */
    public Handling withPause(Pause.Scope other) {
        return new Handling(kind, leastWait, other, suppressRecipient, resendUndelivered);
    }

    /** The same, with or without a resend after {@code undelivered}. */
    public Handling withResendUndelivered(boolean other) {
        return new Handling(kind, leastWait, pause, suppressRecipient, other);
    }

    /** Whether the message is not the one at fault. */
    boolean isNotTheMessage() {
        return pause != Pause.Scope.NONE;
    }

    Pause pauseFrom(Instant now, double scale) {
        if (pause == Pause.Scope.NONE) {
            return Pause.NONE;
        }
        Duration atLeast = Backoff.times(leastWait.from(now), scale);
        return new Pause(pause, atLeast);
    }

    private static boolean isRetried(ErrorKind kind) {
        return kind == ErrorKind.RETRY || kind == ErrorKind.RETRY_LATER || kind == ErrorKind.WAIT;
    }
}
