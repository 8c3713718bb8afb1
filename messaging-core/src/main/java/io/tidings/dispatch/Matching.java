package io.tidings.dispatch;

import io.tidings.message.AttemptId;
import io.tidings.provider.ProviderMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives the messages that a provider lists to attempts with an unknown outcome, one to one, by time. All have one
 * recipient and one text. Pure.
 *
 * <p>Which of several equal attempts gets which message does not matter: what counts is how many were accepted.
 *
 * @param before how long before its attempt a message may have been created, by our clock: the slack between two clocks;
 *     negative if the provider's is known to be ahead
 * @param after how long after it: the longest way of a request, and the same slack
 */
record Matching(Duration before, Duration after) {
    private static final Comparator<Suspect> BY_TIME =
            Comparator.comparing(Suspect::startedAt).thenComparing(Suspect::attempt);
    private static final Comparator<ProviderMessage> BY_CREATION =
            Comparator.comparing(ProviderMessage::createdAt).thenComparing(ProviderMessage::sid);

    /**
     * An attempt whose outcome is unknown.
     *
     * @param attempt which one
     * @param startedAt when its intent was committed
     * @param decided whether the policy has decided about it: then a message is better given to one that still waits
     */
    record Suspect(AttemptId attempt, Instant startedAt, boolean decided) {}

    /**
     * Who gets what.
     *
     * @param found the message of each attempt that has one
     * @param withheld how many messages may belong to a request that is still in the air
     */
    record Assignment(Map<AttemptId, ProviderMessage> found, int withheld) {}

    /**
     * Assigns the messages that no attempt owns.
     *
     * @param suspects attempts with an unknown outcome
     * @param inFlight commits of equal attempts whose answer is awaited: what may be theirs is left alone
     * @param free messages with this recipient and text whose ids no attempt owns
     */
    Assignment assign(List<Suspect> suspects, List<Instant> inFlight, List<ProviderMessage> free) {
        List<ProviderMessage> left = new ArrayList<>(free);
        left.removeIf(message -> inFlight.stream().anyMatch(start -> fits(start, message)));
        int withheld = free.size() - left.size();
        left.sort(BY_CREATION);
        Map<AttemptId, ProviderMessage> found = new LinkedHashMap<>();
        give(suspects.stream().filter(suspect -> !suspect.decided()).toList(), left, found);
        give(suspects.stream().filter(Suspect::decided).toList(), left, found);
        return new Assignment(found, withheld);
    }

    /** All windows are equally long, so the earliest that fits is never the worse choice. */
    private void give(List<Suspect> suspects, List<ProviderMessage> left, Map<AttemptId, ProviderMessage> found) {
        List<Suspect> waiting =
                new ArrayList<>(suspects.stream().sorted(BY_TIME).toList());
        left.removeIf(message -> {
            for (Suspect suspect : waiting) {
                if (fits(suspect.startedAt(), message)) {
                    found.put(suspect.attempt(), message);
                    waiting.remove(suspect);
                    return true;
                }
            }
            return false;
        });
    }

    /** The same for a provider whose clock is that much ahead of ours. */
    Matching ahead(Duration offset) {
        return new Matching(before.minus(offset), after.plus(offset));
    }

    private boolean fits(Instant start, ProviderMessage message) {
        Instant created = message.createdAt();
        return !created.isBefore(start.minus(before)) && !created.isAfter(start.plus(after));
    }
}
