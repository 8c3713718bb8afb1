package io.tidings.webhook;

import io.tidings.message.AttemptId;
import io.tidings.provider.ProviderFact;

/**
 * Keeps what a status callback reported. Called by many threads at once, while the provider waits for its answer.
 *
 * <p>In one transaction: the raw callback is stored and the fact is merged into the attempt, by
 * {@link io.tidings.message.AttemptStatus#merge}. The provider repeats and reorders callbacks, and anyone who
 * recorded one can replay it, so the same fact must be harmless any number of times; facts differ by provider id,
 * status and error code.
 */
@FunctionalInterface
public interface StatusSink {

    /** What became of a callback. */
    enum Kept {
        /** Stored and merged, now or by an earlier copy. */
        MERGED,
        /** There is no such attempt here (restored backup, other environment): stored apart for people to look at. */
        ORPHANED
    }

    /**
     * Stores and merges. Throws {@link io.tidings.message.StoreUnavailableException} if nothing could be kept: the
     * provider is then asked to come again.
     */
    Kept accept(AttemptId attempt, ProviderFact fact, RawCallback raw);

    /**
     * The same sink for callers that are in no transaction: it may keep in one what several threads bring at the same time. By
     * default this one.
     */
    default StatusSink together() {
        return this;
    }
}
