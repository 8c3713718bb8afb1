package io.tidings.outbox;

import io.tidings.history.Observation;
import io.tidings.message.AttemptId;
import io.tidings.message.MessageStatus;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Settles what mostly happens, for many messages in one go: the provider took the first attempt, and nothing else is
 * known. Writing joins the caller's transaction.
 *
 * <p>Implementations are safe for use by many threads.
 */
public interface Handover {

    /**
     * Keeps the answers to first attempts, and moves their messages from the queue to the history. Left out are attempts
     * of which anything was seen before, those whose message is not SENDING with just this one attempt, and those whose
     * SID has an owner; nothing is known of such a message afterwards that was not before, but who owns its SID.
     *
     * @return which attempts are settled now
     */
    Set<AttemptId> settle(List<Taken> taken);

    /**
     * What the provider answered to one attempt.
     *
     * @param attempt the first of its message
     * @param seen the answer, a fact of the provider with a SID
     * @param status what the message is then
     * @param pollAfter when the provider is asked about it, or {@code null} for never
     */
    record Taken(
            AttemptId attempt,
            Observation seen,
            MessageStatus status,
            @Nullable Duration pollAfter) {

        /** Checks that it is such an answer. */
        public Taken {
            if (attempt.number() != 1) {
                throw new IllegalArgumentException("only first attempts are handed over in one go, got " + attempt);
            }
            if (seen.sid() == null || !seen.status().isProviderFact()) {
                throw new IllegalArgumentException("the provider did not take it: " + seen.status());
            }
        }
    }
}
