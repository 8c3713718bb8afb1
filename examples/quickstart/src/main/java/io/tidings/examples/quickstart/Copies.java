package io.tidings.examples.quickstart;

import io.tidings.history.Observation;
import io.tidings.message.AttemptStatus;
import io.tidings.message.MessageStatus;
import io.tidings.outbox.Explanation.Story;
import io.tidings.sandbox.LogEntry.FinalStatus;
import io.tidings.sandbox.LogEntry.Request;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The copies of one order's text: what the carrier took in, by its log, beside the attempts that Tidings tells of. A copy
 * is excused only if both sides agree why it exists.
 *
 * @param row the message
 * @param sent what the carrier took in, oldest first
 * @param truth what else the log says
 */
record Copies(SentRow row, List<Request> sent, Truth truth) {

    /** Why a second or further copy exists. */
    enum Reason {
        /** The carrier had ended all earlier copies as failed or undelivered. */
        REFUSED_BEFORE,
        /** The outcome of an earlier attempt was unknown at its horizon, and the category's policy sent again. */
        UNKNOWN_BEFORE
    }

    /** What the log says of all messages: how each ended, and which ones a whole answer or a taken callback told of. */
    interface Truth {
        Optional<FinalStatus> end(String sid);

        boolean told(Request copy);
    }

    /** The reasons of the copies after the first that a policy chose, and how many nobody chose. */
    record Judgement(List<Reason> chosen, int unexplained) {}

    Judgement judge() {
        Map<Story, Request> owned = owned();
        List<Reason> chosen = new ArrayList<>();
        List<Story> before = new ArrayList<>();
        for (Map.Entry<Story, Request> each : owned.entrySet()) {
            if (!before.isEmpty()) {
                reason(each.getKey(), each.getValue(), owned).ifPresent(chosen::add);
            }
            before.add(each.getKey());
        }
        return new Judgement(chosen, Math.max(0, sent.size() - 1) - chosen.size());
    }

    /** Whose attempt each copy is: by its SID, or, where nobody knows that, of an attempt whose outcome is unknown. */
    private Map<Story, Request> owned() {
        List<Request> left = new ArrayList<>(sent);
        Map<Story, Request> owned = new LinkedHashMap<>();
        for (Story story : stories()) {
            left.stream()
                    .filter(copy ->
                            Objects.equals(copy.verdict().sid(), story.attempt().sid()))
                    .findFirst()
                    .ifPresent(copy -> owned.put(story, copy));
        }
        left.removeAll(owned.values());
        for (Story story : stories()) {
            if (story.attempt().sid() == null
                    && story.attempt().status() == AttemptStatus.UNCERTAIN
                    && !left.isEmpty()) {
                owned.put(story, left.remove(0));
            }
        }
        Map<Story, Request> ordered = new LinkedHashMap<>();
        stories().stream().filter(owned::containsKey).forEach(story -> ordered.put(story, owned.get(story)));
        return ordered;
    }

    private List<Story> stories() {
        return row.story().attempts();
    }

    private Optional<Reason> reason(Story later, Request copy, Map<Story, Request> owned) {
        Reason reason = Reason.REFUSED_BEFORE;
        for (Story earlier : stories()) {
            if (earlier.attempt().id().number() >= later.attempt().id().number()) {
                continue;
            }
            Instant begun = later.attempt().startedAt();
            Request first = owned.get(earlier);
            if (first == null
                    ? earlier.attempt().status().isUnprocessed()
                    : refused(earlier, begun) && endedBefore(first, copy)) {
                continue;
            }
            if (!sentAgain(earlier, begun)) {
                return Optional.empty();
            }
            reason = first == null ? reason : Reason.UNKNOWN_BEFORE;
        }
        return Optional.of(reason);
    }

    /** Tidings knew that the copy had failed. */
    private static boolean refused(Story story, Instant until) {
        return story.seen().stream()
                .filter(seen -> !seen.at().isAfter(until))
                .anyMatch(seen -> seen.status() == AttemptStatus.FAILED || seen.status() == AttemptStatus.UNDELIVERED);
    }

    /** Tidings has it in writing that the policy chose to send again without knowing. */
    private static boolean sentAgain(Story story, Instant until) {
        return story.seen().stream()
                .filter(seen -> !seen.at().isAfter(until))
                .anyMatch(seen -> seen.source() == Observation.Source.POLICY_RESENT);
    }

    private boolean endedBefore(Request first, Request copy) {
        return end(first)
                .filter(end ->
                        end.status().equals("undelivered") || end.status().equals("failed"))
                .filter(end -> end.stamp().seq() < copy.stamp().seq())
                .isPresent();
    }

    boolean arrived() {
        return sent.stream()
                .anyMatch(copy -> end(copy)
                        .filter(end -> end.status().equals("delivered"))
                        .isPresent());
    }

    private Optional<FinalStatus> end(Request copy) {
        return Optional.ofNullable(copy.verdict().sid()).flatMap(truth::end);
    }

    /** Never taken in by the carrier, and no final state with a reason. */
    boolean isLost() {
        boolean reasoned = row.view().status().isTerminal() && row.view().failure() != null;
        return row.fate() != Fate.REFUSED && sent.isEmpty() && !reasoned;
    }

    /** Whether Tidings says something else than the carrier's log, or does not know what it was told. */
    boolean contradicts() {
        List<String> claimed = stories().stream()
                .map(story -> story.attempt().sid())
                .filter(Objects::nonNull)
                .toList();
        List<String> taken = sent.stream().map(copy -> copy.verdict().sid()).toList();
        boolean ignored = sent.stream()
                .filter(truth::told)
                .anyMatch(copy -> !claimed.contains(copy.verdict().sid()));
        return !taken.containsAll(claimed) || ignored || endsOtherwise();
    }

    private boolean endsOtherwise() {
        return switch (row.fate()) {
            case DELIVERED -> !arrived();
            case FAILED, REFUSED -> arrived();
            // Unknown to Tidings is not a claim; but SENT says that the carrier told of no end.
            case GIVEN_UP -> row.view().status() == MessageStatus.SENT && arrived();
        };
    }
}
