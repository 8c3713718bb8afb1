package io.tidings.benchmarks.bulk;

import io.tidings.benchmarks.Results;
import io.tidings.benchmarks.Server;
import io.tidings.benchmarks.stub.Stub;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code benchmarks/run bulk [--quick]}: prints a table, writes JSON, ends with one line of ratios. */
public final class BulkMain {
    private BulkMain() {}

    /** Arguments: {@code --results <folder>} and optionally {@code --quick}. */
    public static void main(String[] args) throws Exception {
        List<String> given = List.of(args);
        Path folder = Path.of(given.get(given.indexOf("--results") + 1));
        boolean quick = given.contains("--quick");
        Results results = new Results(quick ? "bulk-quick" : "bulk");
        try (Server.Postgres postgres = new Server.Postgres();
                Stub stub = Stub.start()) {
            results.put("postgresql", postgres.settings());
            Duel duel = new Duel(postgres, stub, quick ? Plan.quick() : Plan.full());
            duel.run();
            System.out.println(duel.table());
            results.put("cells", duel.facts());
            Map<String, Double> ratios = duel.ratios();
            results.put("ratios", ratios);
            System.out.println("JSON: " + results.write(folder));
            System.out.println(Results.ratioLine(ratios));
        }
        System.exit(0);
    }
}
