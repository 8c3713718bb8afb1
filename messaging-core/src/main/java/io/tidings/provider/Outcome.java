package io.tidings.provider;

import io.tidings.message.AttemptStatus;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What one attempt produced. */
public sealed interface Outcome {

    /**
     * The provider has it.
     *
     * @param sid the provider's id
     * @param status what the provider said, usually queued or accepted
     */
    record Accepted(String sid, AttemptStatus status) implements Outcome {}

    /**
     * The provider refused it and did nothing.
     *
     * @param code the provider's error code; where an answer had none, the general code of its HTTP status
     */
    record Rejected(int code) implements Outcome {}

    /**
     * Too many requests: not processed (Twilio: error 20429).
     *
     * @param retryAfter what the provider asked for, if it did
     */
    record Throttled(@Nullable Duration retryAfter) implements Outcome {}

    /**
     * Provably nothing was sent: the request headers never started.
     *
     * @param cause a short word for the log, for example {@code connection refused}
     */
    record Unsent(String cause) implements Outcome {}

    /**
     * It may have been processed.
     *
     * @param cause a short word for the log, for example {@code answer lost}
     * @param code the provider's error code if it gave one, else 0
     */
    record Uncertain(String cause, int code) implements Outcome {}

    /** Calls the one function that fits, so that a new variant does not compile until it is handled. */
    default <R> R match(Cases<R> cases) {
        if (this instanceof Accepted accepted) {
            return cases.accepted(accepted);
        }
        if (this instanceof Rejected rejected) {
            return cases.rejected(rejected);
        }
        if (this instanceof Throttled throttled) {
            return cases.throttled(throttled);
        }
        if (this instanceof Unsent unsent) {
            return cases.unsent(unsent);
        }
        return cases.uncertain((Uncertain) this);
    }

    /** One function per variant. */
    interface Cases<R> {
        /** The provider has it. */
        R accepted(Accepted accepted);

        /** The provider refused it. */
        R rejected(Rejected rejected);

        /** Not processed: too many requests. */
        R throttled(Throttled throttled);

        /** Provably not sent. */
        R unsent(Unsent unsent);

        /** May have been processed. */
        R uncertain(Uncertain uncertain);
    }
}
