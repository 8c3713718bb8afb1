package io.tidings.benchmarks.outbox;

import io.tidings.benchmarks.Results;
import io.tidings.benchmarks.Server;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code benchmarks/run outbox [--quick]}: prints a table, writes JSON, ends with one line of ratios. */
public final class OutboxMain {
    private OutboxMain() {}

    /** Arguments: {@code --results <folder>} and optionally {@code --quick}. */
    public static void main(String[] args) throws Exception {
        List<String> given = List.of(args);
        Path folder = Path.of(given.get(given.indexOf("--results") + 1));
        boolean quick = given.contains("--quick");
        Plan plan = quick ? Plan.quick() : Plan.full();
        Results results = new Results(quick ? "outbox-quick" : "outbox");
        try (Server.Postgres postgres = new Server.Postgres();
                Server h2 = Server.h2()) {
            results.put("postgresql", postgres.settings());
            Tournament tournament = new Tournament(Map.of(Plan.POSTGRES, postgres, Plan.H2, h2), plan);
            tournament.run();
            System.out.println(tournament.table());
            results.put("cells", tournament.facts());
            for (Aside aside :
                    List.of(new SendCost(plan.sends()), new FirstByte(plan.sends()), new Growth(plan.growth()))) {
                aside.measure(postgres, results);
            }
            Map<String, Double> ratios = tournament.ratios();
            results.put("ratios", ratios);
            System.out.println("JSON: " + results.write(folder));
            System.out.println(Results.ratioLine(ratios));
        }
        System.exit(0);
    }

    /** What is measured beside the tournament. */
    interface Aside {
        /** Measures, prints a line and notes the facts. */
        void measure(Server.Postgres server, Results results) throws Exception;
    }
}
