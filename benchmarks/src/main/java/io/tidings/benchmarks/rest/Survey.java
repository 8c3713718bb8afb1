package io.tidings.benchmarks.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidings.benchmarks.Samples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.StringJoiner;

/** Asks for each read so many times, all of them in turn, and looks at whether what should be found is. */
final class Survey {
    private static final long SEED = 20261129;
    private static final int WARM = 3;

    private final Client client;
    private final Plan plan;
    private final Map<String, Samples> millis = new LinkedHashMap<>();

    Survey(Client client, Plan plan) {
        this.client = client;
        this.plan = plan;
    }

    void run() throws IOException, InterruptedException {
        SplittableRandom chance = new SplittableRandom(SEED);
        Map<String, List<Double>> taken = new LinkedHashMap<>();
        List<Read> reads = new Reads(client).all();
        for (int time = 0; time < WARM + plan.times(); time++) {
            for (Read read : reads) {
                String path = read.path().apply(chance);
                Client.Told told = client.get(read.tenant(), path);
                check(read, path, told.json());
                if (time >= WARM) {
                    taken.computeIfAbsent(read.name(), key -> new ArrayList<>()).add(told.millis());
                }
            }
        }
        taken.forEach((name, each) -> millis.put(name, new Samples(each)));
    }

    /** A query that finds nothing for a mistake of ours would be fast. */
    private static void check(Read read, String path, JsonNode json) {
        if (!read.list().isEmpty() && json.get(read.list()).isEmpty() == read.found()) {
            throw new IllegalStateException(
                    read.name() + ": found " + json.get(read.list()).size() + " at " + path);
        }
    }

    /** In milliseconds. */
    String table() {
        StringJoiner table = new StringJoiner("\n");
        table.add("| read | p50, ms | p99, ms | slowest, ms |").add("| --- | ---: | ---: | ---: |");
        millis.forEach((name, each) -> table.add(String.format(
                Locale.ROOT,
                "| %s | %.1f | %.1f | %.1f |",
                name,
                each.median(),
                each.quantile(0.99),
                each.quantile(1))));
        return table.toString();
    }

    Map<String, Map<String, Double>> facts() {
        Map<String, Map<String, Double>> facts = new LinkedHashMap<>();
        millis.forEach((name, each) ->
                facts.put(name, Map.of("p50", each.median(), "p99", each.quantile(0.99), "max", each.quantile(1))));
        return facts;
    }

    /** The p99 of the slowest read, and how many are above half a second. */
    Map<String, Double> slowest() {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put(
                "slowest_p99_ms",
                millis.values().stream()
                        .mapToDouble(each -> each.quantile(0.99))
                        .max()
                        .orElseThrow());
        figures.put("reads_over_500_ms", (double) millis.values().stream()
                .filter(each -> each.quantile(0.99) > 500)
                .count());
        figures.put("reads", (double) millis.size());
        return figures;
    }
}
