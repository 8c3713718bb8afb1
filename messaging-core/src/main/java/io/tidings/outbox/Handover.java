package io.tidings.outbox;

import io.tidings.history.MessageRow;
import io.tidings.history.Observation;
import io.tidings.message.AttemptId;
import io.tidings.message.AttemptStatus;
import io.tidings.message.MessageStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Settles what mostly happens, for many messages in one go: the provider took the first attempt, and then it got further.
 * Writing joins the caller's transaction.
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
     * Keeps reports, each after all that was seen of its attempt before. Where the attempt got further by it, the status of
     * its message moves; where it says what is known already, nothing else changes.
     *
     * <p>Left out are attempts that are not with the provider under just this SID, have ended otherwise, or are known since a
     * later time than the report's; those that get further beside another attempt or whose messages are not ACCEPTED or
     * SENT; and whatever another transaction holds just now, for whose end nobody waits here. Nothing is known of such a
     * message afterwards that was not before. A store that has no short way leaves all of them out.
     *
     * @param told at most one for each attempt
     */
    Advanced advance(List<Told> told);

    /** Whether {@link #advance} ever settles anything. */
    boolean advances();

    /**
     * The reports that are settled.
     *
     * @param moved what the messages were before, by the attempts that got further
     * @param known the attempts of which nothing new was reported
     */
    record Advanced(Map<AttemptId, MessageRow> moved, Set<AttemptId> known) {
        /** None. */
        public static final Advanced NOTHING = new Advanced(Map.of(), Set.of());

        /** Takes a copy. */
        public Advanced {
            moved = Map.copyOf(moved);
            known = Set.copyOf(known);
        }

        boolean has(AttemptId attempt) {
            return moved.containsKey(attempt) || known.contains(attempt);
        }
    }

    /**
     * What was reported of one attempt.
     *
     * @param attempt the first of its message
     * @param seen a fact of the provider with a SID, no failure
     * @param status what the message is then
     * @param next if the attempt has ended: when the provider is asked about it once more; {@code null} for never
     */
    record Told(
            AttemptId attempt,
            Observation seen,
            MessageStatus status,
            @Nullable Next next) {

        /** Checks that it is such a report. */
        public Told {
            if (attempt.number() != 1 || seen.sid() == null) {
                throw new IllegalArgumentException(
                        "only first attempts with a SID get further in one go, got " + attempt);
            }
            if (!seen.status().isProviderFact()
                    || (seen.status().isTerminal() && seen.status().compareTo(AttemptStatus.DELIVERED) < 0)) {
                throw new IllegalArgumentException("an attempt does not get further by " + seen.status());
            }
        }
    }

    /**
     * A question to the provider that is planned.
     *
     * @param pause after which time
     * @param round how many were planned before
     */
    record Next(Duration pause, int round) {}

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
