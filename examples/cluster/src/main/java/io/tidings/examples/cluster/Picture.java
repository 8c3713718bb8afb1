package io.tidings.examples.cluster;

import io.tidings.sandbox.LogEntry;
import io.tidings.sandbox.SandboxLog;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Draws what each sender did in each second, by the sandbox's log, and what befell the nodes then. */
final class Picture {
    private static final int WIDTH = 20;

    private final Plan plan;
    private final PrintStream out;

    Picture(Plan plan, PrintStream out) {
        this.plan = plan;
        this.out = out;
    }

    void draw(SandboxLog truth, List<Nodes.Event> events) {
        TreeMap<Long, Map<String, Integer>> seconds = new TreeMap<>();
        for (LogEntry.Request request : truth.accepted()) {
            LogEntry.Create create = request.create();
            if (create != null) {
                seconds.computeIfAbsent(request.stamp().wallMillis() / 1_000, second -> new HashMap<>())
                        .merge(create.sender(), create.segments(), Integer::sum);
            }
        }
        if (seconds.isEmpty()) {
            return;
        }
        out.printf(Locale.ROOT, "%nsegments accepted in each second; a full bar is the limit of %d/s%n", plan.rate());
        for (long second = seconds.firstKey(); second <= seconds.lastKey(); second++) {
            long from = second;
            StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%4d s ", from - seconds.firstKey()));
            for (String code : plan.codes()) {
                int count = seconds.getOrDefault(from, Map.of()).getOrDefault(code, 0);
                line.append(bar(count)).append(' ');
            }
            events.stream()
                    .filter(event -> event.at().getEpochSecond() == from)
                    .forEach(event -> line.append(' ').append(event.what()).append(';'));
            out.println(line);
        }
    }

    private String bar(int count) {
        int filled = Math.min(WIDTH, Math.round((float) count * WIDTH / plan.rate()));
        return String.format(Locale.ROOT, "%3d|%-" + WIDTH + "s", count, "#".repeat(filled));
    }
}
