package io.tidings.examples.cluster;

import io.tidings.Tidings;
import io.tidings.history.Observation.Source;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.outbox.Explanation;
import io.tidings.sandbox.LogEntry;
import io.tidings.sandbox.SandboxLog;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compares what the sandbox's log says with what the host committed and what its messages claim. */
final class Judge {
    private static final Pattern TOKEN = Pattern.compile("T[0-9]{7}");

    private final Map<String, Integer> copies = new HashMap<>();
    private final SandboxLog truth;

    Judge(SandboxLog truth) {
        this.truth = truth;
        for (LogEntry.Request request : truth.accepted()) {
            LogEntry.Create create = request.create();
            Matcher token = TOKEN.matcher(create == null || create.body() == null ? "" : create.body());
            if (token.find()) {
                copies.merge(token.group(), 1, Integer::sum);
            }
        }
    }

    /** What came out. */
    Verdict judge(Tidings tidings, Map<String, MessageId> sent, Plan plan, List<Nodes.Event> events) {
        int delivered = 0;
        int givenUp = 0;
        int chosen = 0;
        int duplicates = 0;
        int lost = 0;
        int stuck = 0;
        for (Map.Entry<String, MessageId> order : sent.entrySet()) {
            Explanation story = tidings.explain(order.getValue()).orElseThrow();
            MessageStatus status = story.message().status();
            int times = copies.getOrDefault(order.getKey(), 0);
            int allowed = 1 + resends(story);
            delivered += status == MessageStatus.DELIVERED ? 1 : 0;
            givenUp += status == MessageStatus.DEAD || status == MessageStatus.EXPIRED ? 1 : 0;
            chosen += Math.max(0, Math.min(times, allowed) - 1);
            duplicates += Math.max(0, times - allowed);
            lost += times == 0 && (!status.isTerminal() || story.message().failure() == null) ? 1 : 0;
            stuck += status.isTerminal() ? 0 : 1;
        }
        int ghosts = (int) copies.keySet().stream()
                .filter(token -> !sent.containsKey(token))
                .count();
        return new Verdict(
                new Verdict.Ends(sent.size(), delivered, givenUp, stuck),
                new Verdict.Copies(chosen, duplicates, lost, ghosts),
                Verdict.Kills.of(events),
                densest(plan));
    }

    /** How often a policy sent this message again because nothing told whether it had arrived. */
    private static int resends(Explanation story) {
        return (int) story.attempts().stream()
                .flatMap(attempt -> attempt.seen().stream())
                .filter(seen -> seen.source() == Source.POLICY_RESENT)
                .count();
    }

    private int densest(Plan plan) {
        return plan.codes().stream()
                .mapToInt(code -> truth.densest(code, Duration.ofSeconds(1)))
                .max()
                .orElse(0);
    }
}
