package io.tidings.history;

import io.tidings.message.AttemptId;
import io.tidings.message.MessageId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Attempts and what was seen of them. Writing joins the caller's transaction.
 *
 * <p>Implementations are safe for use by many threads.
 */
public interface AttemptStore {

    /** Inserts committed intents. An id that exists already is an {@link IllegalStateException}. */
    void begin(List<Attempt> attempts);

    /**
     * Keeps the observation and merges it into its attempt. Returns the attempt before and after, or empty if there is no
     * such attempt.
     *
     * <p>A SID belongs to the first attempt that is seen with it. An observation with a SID of another attempt is kept
     * and merged there instead: the two were equal messages to one number, and one of them was found in the provider's
     * list and got the SID of its twin. The id of what is returned tells.
     *
     * <p>A SID that an attempt has only from the list ({@link Observation.Source#LIST}) belongs to nobody again when an
     * observation from elsewhere names the attempt with another SID that is free: the listed message was its twin's. The
     * attempt has the new SID, and that is no conflict.
     */
    Optional<Merged> observe(AttemptId id, Observation seen);

    /** To which attempts these SIDs belong; those of nobody are left out. */
    Map<String, AttemptId> owners(Collection<String> sids);

    /** The attempts of a message, first to last. */
    List<Attempt> attempts(MessageId message);

    /** Everything seen of an attempt, in the order of arrival. */
    List<Observation> observations(AttemptId id);

    /**
     * Lets the provider be asked about an attempt after this wait, replacing an earlier plan. The attempt is not due
     * before its SID is known; for an attempt that does not exist nothing is planned.
     */
    void pollAfter(AttemptId id, Duration wait, int round);

    /** Ends asking about an attempt. */
    void stopPolling(AttemptId id);

    /** Attempts that the provider shall be asked about by now, longest due first. */
    List<Poll> duePolls(int limit);

    /** How long until the next poll is due, if any; zero or negative when it is due. */
    Optional<Duration> nextPoll();

    /** An attempt before and after an observation. */
    record Merged(Attempt before, Attempt after) {
        /** Whether the observation changed the status, or contradicts it where nothing did before. */
        public boolean changed() {
            return before.status() != after.status() || before.conflict() != after.conflict();
        }
    }

    /**
     * An attempt whose state we want to ask for.
     *
     * @param attempt which one
     * @param sid the provider's id
     * @param round how often we asked before
     */
    record Poll(AttemptId attempt, String sid, int round) {}
}
