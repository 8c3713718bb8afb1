package io.tidings.provider;

import io.tidings.message.AttemptStatus;
import java.time.Instant;

/**
 * One thing the provider said about an attempt, kept as it came.
 *
 * @param status the status it reported
 * @param sid the provider's id of the message
 * @param errorCode 0 if none
 * @param source how we learned it
 * @param at when we learned it
 */
public record ProviderFact(AttemptStatus status, String sid, int errorCode, Source source, Instant at) {

    /** How a fact became known. */
    public enum Source {
        /** The answer to our request. */
        ANSWER,
        /** A status callback. */
        CALLBACK,
        /** We asked. */
        POLL
    }
}
