package io.tidings.benchmarks.dispatch;

import io.tidings.benchmarks.Results;
import io.tidings.benchmarks.Samples;
import io.tidings.benchmarks.stub.Stub;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code benchmarks/run dispatch [--quick]}: prints a table, writes JSON, ends with one line of ratios. */
public final class DispatchMain {
    private static final int LATENCY_SENDS = 300;

    private DispatchMain() {}

    /** Arguments: {@code --results <folder>} and optionally {@code --quick}. */
    public static void main(String[] args) throws Exception {
        List<String> given = List.of(args);
        Path folder = Path.of(given.get(given.indexOf("--results") + 1));
        boolean quick = given.contains("--quick");
        Results results = new Results(quick ? "dispatch-quick" : "dispatch");
        try (Stub stub = Stub.start()) {
            Tournament tournament = new Tournament(stub, quick ? Plan.quick() : Plan.full());
            tournament.run();
            System.out.println(tournament.table());
            results.put("cells", tournament.facts());
            if (!quick) {
                latency(stub, results);
            }
            Map<String, String> ratios = tournament.ratios();
            results.put("ratios", ratios);
            System.out.println("cpu_vs_okhttp is at window " + Tournament.CPU_WINDOW + " and " + Plan.DELAY + " ms.");
            System.out.println("JSON: " + results.write(folder));
            StringBuilder line = new StringBuilder("ratios:");
            ratios.forEach(
                    (name, value) -> line.append(' ').append(name).append('=').append(value));
            System.out.println(line);
        }
        System.exit(0);
    }

    private static void latency(Stub stub, Results results) {
        Samples millis = Latency.measure(stub, LATENCY_SENDS);
        Map<String, Double> facts = new LinkedHashMap<>();
        facts.put("p50", millis.quantile(0.5));
        facts.put("p99", millis.quantile(0.99));
        facts.put("most", millis.quantile(1));
        results.put("idleMillisToFirstByte", facts);
        System.out.printf(
                Locale.ROOT,
                "idle: send() to the stub's first byte p50 %.1f ms, p99 %.1f ms, most %.1f ms (%d sends)%n",
                facts.get("p50"),
                facts.get("p99"),
                facts.get("most"),
                millis.count());
    }
}
