package io.tidings.examples.quickstart;

import io.tidings.sandbox.LogEntry.Answered;
import io.tidings.sandbox.LogEntry.FinalStatus;
import io.tidings.sandbox.LogEntry.Request;
import io.tidings.sandbox.LogEntry.Struck;
import io.tidings.sandbox.Mishap;
import io.tidings.sandbox.SandboxLog;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the sandbox's own log says about the texts, by the order number in them. Our tables are asked what they claim and
 * why; what is true, the log says.
 *
 * @param copies how often each order's text was accepted
 * @param segments how many segments were accepted in all
 * @param chosen second and further copies that the policy of the category chose knowingly, by order
 * @param duplicates any other second or further copy: somebody may have been texted twice
 * @param lost messages that were taken in, never accepted, and have no final state with a reason
 * @param contradictions orders whose state here is not the one there, for example refused ones that arrived
 * @param mishaps how often each mishap of a hostile sandbox struck
 * @param untold how many texts were accepted although the answer did not say so
 */
record GroundTruth(
        Map<String, Integer> copies,
        int segments,
        Map<String, List<Copies.Reason>> chosen,
        int duplicates,
        int lost,
        List<String> contradictions,
        Map<Mishap, Integer> mishaps,
        int untold) {
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9-]+");

    /** The log as it is now; read the rows afterwards, so that they know at least as much. */
    static Function<List<SentRow>, GroundTruth> of(SandboxLog log) {
        Reading reading = new Reading(
                log.accepted(),
                log.finalStatuses(),
                log.struck().stream()
                        .filter(struck -> struck.mishap() == Mishap.RESTART)
                        .map(Struck::sid)
                        .filter(Objects::nonNull)
                        .collect(Collectors.toSet()),
                log.callbacks().stream()
                        .filter(callback -> callback.reply().status() / 100 == 2)
                        .map(callback -> callback.sid())
                        .collect(Collectors.toSet()));
        Map<Mishap, Integer> mishaps = new EnumMap<>(Mishap.class);
        mishaps.putAll(log.mishaps());
        int untold = log.acceptedUntold().size();
        return rows -> reading.judge(rows, mishaps, untold);
    }

    int policyDuplicates(Copies.Reason reason) {
        return (int) chosen.values().stream()
                .flatMap(List::stream)
                .filter(reason::equals)
                .count();
    }

    private record Reading(
            List<Request> accepted, Map<String, FinalStatus> ends, Set<String> cutByRestart, Set<String> calledBack)
            implements Copies.Truth {

        @Override
        public Optional<FinalStatus> end(String sid) {
            return Optional.ofNullable(ends.get(sid));
        }

        @Override
        public boolean told(Request copy) {
            String sid = copy.verdict().sid();
            boolean answered = copy.answered() == Answered.WHOLE && !cutByRestart.contains(sid);
            return answered || calledBack.contains(sid);
        }

        GroundTruth judge(List<SentRow> rows, Map<Mishap, Integer> mishaps, int untold) {
            Map<String, List<Request>> sent = sent(rows);
            Map<String, List<Copies.Reason>> chosen = new LinkedHashMap<>();
            List<String> contradictions = new ArrayList<>();
            int duplicates = 0;
            int lost = 0;
            for (SentRow row : rows) {
                Copies copies = new Copies(row, sent.getOrDefault(row.order(), List.of()), this);
                Copies.Judgement judgement = copies.judge();
                if (!judgement.chosen().isEmpty()) {
                    chosen.put(row.order(), judgement.chosen());
                }
                duplicates += judgement.unexplained();
                lost += copies.isLost() ? 1 : 0;
                if (copies.contradicts()) {
                    contradictions.add(row.order());
                }
            }
            Map<String, Integer> counts = new HashMap<>();
            sent.forEach((order, copies) -> counts.put(order, copies.size()));
            return new GroundTruth(counts, segments(sent), chosen, duplicates, lost, contradictions, mishaps, untold);
        }

        private Map<String, List<Request>> sent(List<SentRow> rows) {
            Set<String> orders = rows.stream().map(SentRow::order).collect(Collectors.toCollection(HashSet::new));
            Map<String, List<Request>> sent = new HashMap<>();
            for (Request request : accepted) {
                Matcher words = WORD.matcher(body(request));
                while (words.find()) {
                    if (orders.contains(words.group())) {
                        sent.computeIfAbsent(words.group(), order -> new ArrayList<>())
                                .add(request);
                    }
                }
            }
            return sent;
        }

        private static int segments(Map<String, List<Request>> sent) {
            return sent.values().stream()
                    .flatMap(List::stream)
                    .mapToInt(copy -> copy.create() == null ? 0 : copy.create().segments())
                    .sum();
        }

        private static String body(Request request) {
            return request.create() == null || request.create().body() == null
                    ? ""
                    : request.create().body();
        }
    }
}
