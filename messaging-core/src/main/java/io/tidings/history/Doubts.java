package io.tidings.history;

import java.util.Map;

/**
 * How many outcomes were unknown, and how that ended. Each doubt is counted once, by what ended it last: evidence after a
 * message was given up takes that count back.
 *
 * @param open messages held because their newest attempt is in doubt
 * @param byCallback a status callback named the attempt
 * @param byLateAnswer its answer came after all
 * @param byList the provider's list showed it
 * @param resent nothing told, and the policy of the category sent the message again
 * @param givenUp nothing told, and the policy of the category gave the message up; stays when an earlier copy of it turns
 *     up later, for of this one nothing is known still
 * @param byHuman a person decided
 * @param duplicates second copies that later evidence confirmed
 */
public record Doubts(
        long open,
        long byCallback,
        long byLateAnswer,
        long byList,
        long resent,
        long givenUp,
        long byHuman,
        long duplicates) {

    /** From the stored counters. */
    public static Doubts of(long open, Map<Resolution, Long> counts) {
        return new Doubts(
                open,
                count(counts, Resolution.CALLBACK),
                count(counts, Resolution.LATE_ANSWER),
                count(counts, Resolution.LIST),
                count(counts, Resolution.POLICY_RESEND),
                count(counts, Resolution.POLICY_GIVEUP),
                count(counts, Resolution.HUMAN),
                count(counts, Resolution.DUPLICATE));
    }

    private static long count(Map<Resolution, Long> counts, Resolution how) {
        return counts.getOrDefault(how, 0L);
    }
}
