package io.tidings.benchmarks.throttle;

import io.tidings.benchmarks.Results;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * {@code benchmarks/run throttle [--quick]}: prints a table, writes JSON, ends with one line of ratios. The ratios come from
 * the interleaved duels in both cases: JMH measures one contestant after the other, so its table shows what the machine did
 * meanwhile as well.
 */
public final class ThrottleMain {
    private ThrottleMain() {}

    /** Arguments: {@code --results <folder>} and optionally {@code --quick}. */
    public static void main(String[] args) throws Exception {
        List<String> given = List.of(args);
        Path folder = Path.of(given.get(given.indexOf("--results") + 1));
        boolean quick = given.contains("--quick");
        Results results = new Results(quick ? "throttle-quick" : "throttle");
        if (!quick) {
            FullRun.run(results);
        }
        Map<String, Double> ratios = QuickRun.run(results);
        results.put("ratios", ratios);
        System.out.println();
        System.out.println("JSON: " + results.write(folder));
        System.out.println(Results.ratioLine(ratios));
    }
}
