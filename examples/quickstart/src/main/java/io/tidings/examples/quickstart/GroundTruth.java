package io.tidings.examples.quickstart;

import io.tidings.message.MessageStatus;
import io.tidings.sandbox.LogEntry.FinalStatus;
import io.tidings.sandbox.LogEntry.Request;
import io.tidings.sandbox.SandboxLog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the sandbox's own log says about the texts, by the order number in them. Our tables are only asked what they
 * claim, never what is true.
 *
 * @param copies how often each order's text was accepted
 * @param segments how many segments were accepted in all
 * @param policyDuplicates second and further copies that each followed the end of all earlier ones as undelivered or
 *     failed: the policy chose them knowingly
 * @param duplicates any other second or further copy: somebody may have been texted twice
 * @param lost messages that were taken in, never accepted, and have no final state with a reason
 * @param contradictions messages whose state here is not the one there, for example refused ones that arrived
 */
record GroundTruth(
        Map<String, Integer> copies, int segments, int policyDuplicates, int duplicates, int lost, int contradictions) {
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9-]+");

    static GroundTruth read(SandboxLog log, List<SentRow> rows) {
        Set<String> orders = new HashSet<>();
        rows.forEach(row -> orders.add(row.order()));
        return new Reading(log.finalStatuses(), copies(log.accepted(), orders)).judge(rows);
    }

    private static Map<String, List<Request>> copies(List<Request> accepted, Set<String> orders) {
        Map<String, List<Request>> copies = new HashMap<>();
        for (Request request : accepted) {
            String body = request.create() == null || request.create().body() == null
                    ? ""
                    : request.create().body();
            Matcher words = WORD.matcher(body);
            while (words.find()) {
                if (orders.contains(words.group())) {
                    copies.computeIfAbsent(words.group(), order -> new ArrayList<>())
                            .add(request);
                }
            }
        }
        return copies;
    }

    private record Reading(Map<String, FinalStatus> ends, Map<String, List<Request>> copies) {

        GroundTruth judge(List<SentRow> rows) {
            int policy = 0;
            int duplicates = 0;
            int segments = 0;
            Map<String, Integer> counts = new HashMap<>();
            for (Map.Entry<String, List<Request>> each : copies.entrySet()) {
                List<Request> sent = each.getValue();
                counts.put(each.getKey(), sent.size());
                segments += sent.stream()
                        .mapToInt(copy ->
                                copy.create() == null ? 0 : copy.create().segments())
                        .sum();
                int chosen = (int) sent.stream()
                        .skip(1)
                        .filter(copy -> allFailedBefore(copy, sent))
                        .count();
                policy += chosen;
                duplicates += sent.size() - 1 - chosen;
            }
            int lost = (int) rows.stream().filter(this::isLost).count();
            int contradictions = (int) rows.stream().filter(this::contradicts).count();
            return new GroundTruth(Map.copyOf(counts), segments, policy, duplicates, lost, contradictions);
        }

        private boolean allFailedBefore(Request copy, List<Request> sent) {
            return sent.stream()
                    .takeWhile(earlier -> earlier.stamp().seq() < copy.stamp().seq())
                    .map(earlier -> ends.get(earlier.verdict().sid()))
                    .allMatch(end -> end != null
                            && (end.status().equals("undelivered")
                                    || end.status().equals("failed"))
                            && end.stamp().seq() < copy.stamp().seq());
        }

        private boolean isLost(SentRow row) {
            boolean reasoned = row.view().status().isTerminal() && row.view().failure() != null;
            return row.fate() != Fate.REFUSED && !copies.containsKey(row.order()) && !reasoned;
        }

        private boolean contradicts(SentRow row) {
            List<Request> sent = copies.getOrDefault(row.order(), List.of());
            boolean arrived = sent.stream().anyMatch(copy -> {
                FinalStatus end = ends.get(copy.verdict().sid());
                return end != null && end.status().equals("delivered");
            });
            return switch (row.fate()) {
                case DELIVERED -> !arrived;
                case FAILED, REFUSED -> arrived;
                case GIVEN_UP -> row.view().status() != MessageStatus.UNCERTAIN && arrived;
            };
        }
    }
}
