package io.tidings.benchmarks.rest;

import io.tidings.benchmarks.Database;
import io.tidings.benchmarks.Results;
import io.tidings.benchmarks.Server;
import io.tidings.jdbc.JdbcStores;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code benchmarks/run rest [--quick]}: prints a table, writes JSON, ends with one line of figures. */
public final class RestMain {
    private RestMain() {}

    /** Arguments: {@code --results <folder>} and optionally {@code --quick}. */
    public static void main(String[] args) throws Exception {
        List<String> given = List.of(args);
        Path folder = Path.of(given.get(given.indexOf("--results") + 1));
        boolean quick = given.contains("--quick");
        Plan plan = quick ? Plan.quick() : Plan.full();
        Results results = new Results(quick ? "rest-quick" : "rest");
        try (Server.Postgres postgres = new Server.Postgres();
                Database database = postgres.empty()) {
            results.put("postgresql", postgres.settings());
            results.put("rows", plan.rows());
            results.put("waiting", plan.waiting());
            Map<String, Double> slowest;
            long began = System.nanoTime();
            JdbcStores.on(database.pool()).open();
            new Filling(database, plan).fill();
            System.out.printf(
                    Locale.ROOT,
                    "%,d messages and %,d that wait were made in %d s%n",
                    plan.rows(),
                    plan.waiting(),
                    (System.nanoTime() - began) / 1_000_000_000);
            try (Shop shop = Shop.open(database.pool())) {
                Survey survey = new Survey(new Client(shop.port()), plan);
                survey.run();
                System.out.println(survey.table());
                results.put("reads", survey.facts());
                slowest = survey.slowest();
            }
            System.out.println("JSON: " + results.write(folder));
            System.out.println(Results.ratioLine(slowest));
        }
        System.exit(0);
    }
}
