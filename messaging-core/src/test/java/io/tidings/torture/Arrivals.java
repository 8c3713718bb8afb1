package io.tidings.torture;

import io.tidings.sandbox.LogEntry;
import io.tidings.throttle.Limit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Intents and arrivals of one run, brought together by message. */
final class Arrivals {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final List<LogEntry.Request> accepted;
    private final Map<String, List<Window.Point>> granted = new HashMap<>();
    private final LogEntry.Stamp origin;
    private long shortest = Long.MAX_VALUE;
    private long longest = Long.MIN_VALUE;

    Arrivals(Scene scene) {
        accepted = scene.sandbox.log().accepted();
        origin = accepted.get(0).stamp();
        Map<String, LogEntry.Request> bySid = new HashMap<>();
        accepted.forEach(request -> bySid.put(request.verdict().sid(), request));
        for (Wiretap.Passed passed : scene.wiretap.passed()) {
            var attempt = scene.tidings
                    .explain(passed.attempt().message())
                    .orElseThrow()
                    .attempts()
                    .get(passed.attempt().number() - 1)
                    .attempt();
            LogEntry.Request request = bySid.get(attempt.sid());
            if (request != null) {
                note(passed.sender(), attempt.startedAt(), request);
            }
        }
    }

    private void note(String sender, Instant intent, LogEntry.Request request) {
        long at = nanos(intent);
        granted.computeIfAbsent(sender, key -> new ArrayList<>())
                .add(new Window.Point(at, request.create().segments()));
        shortest = Math.min(shortest, request.stamp().nanos() - at);
        longest = Math.max(longest, request.stamp().nanos() - at);
    }

    private long nanos(Instant date) {
        return origin.nanos() + Duration.between(origin.at(), date).toNanos();
    }

    Duration spread() {
        return Duration.ofNanos(longest - shortest);
    }

    int mostGranted(String sender, Instant from) {
        return new Window(granted.get(sender)).densest(SECOND, from == null ? Long.MIN_VALUE : nanos(from));
    }

    int mostArrived(String sender, Instant from) {
        return Window.accepted(accepted, sender).densest(SECOND, from == null ? Long.MIN_VALUE : nanos(from));
    }

    double used(String sender, Instant from, Instant until, Limit limit) {
        int segments = Window.accepted(accepted, sender).between(nanos(from), nanos(until));
        double possible =
                limit.rate().perSecond() * Duration.between(from, until).toNanos() / 1e9;
        return segments / possible;
    }
}
