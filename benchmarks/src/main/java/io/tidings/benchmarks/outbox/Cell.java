package io.tidings.benchmarks.outbox;

import io.tidings.benchmarks.Samples;
import io.tidings.benchmarks.Server;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** One contestant on one kind of database, and all its rounds. */
final class Cell {
    static final String HEAD =
            "database    contestant              jobs  enqueue/s    drain/s     done/s    least     most  CPU-s/10k";

    private final String database;
    private final Contestant contestant;
    private final int jobs;
    private final List<Figures> rounds = new ArrayList<>();

    /** {@code jobs} in a round: fewer for those who need long. */
    Cell(String database, Contestant contestant, int jobs) {
        this.database = database;
        this.contestant = contestant;
        this.jobs = jobs;
    }

    boolean is(String ofDatabase, Class<? extends Contestant> type) {
        return database.equals(ofDatabase) && type.isInstance(contestant);
    }

    String database() {
        return database;
    }

    /** A round that does not count. */
    void warmUp(Server server, int most) throws Exception {
        new Round(server, contestant, Math.min(most, jobs)).run();
    }

    void run(Server server) throws Exception {
        rounds.add(new Round(server, contestant, jobs).run());
    }

    List<Figures> rounds() {
        return List.copyOf(rounds);
    }

    double median(ToDoubleFunction<Figures> figure) {
        return samples(figure).median();
    }

    private Samples samples(ToDoubleFunction<Figures> figure) {
        return new Samples(rounds.stream().mapToDouble(figure).boxed().toList());
    }

    String row() {
        Samples done = samples(Figures::donePerSecond);
        return String.format(
                Locale.ROOT,
                "%-11s %-20s %7d %10.0f %10.0f %10.0f %8.0f %8.0f %10.2f",
                database,
                contestant.name(),
                jobs,
                median(Figures::enqueuePerSecond),
                median(Figures::drainPerSecond),
                done.median(),
                done.quantile(0),
                done.quantile(1),
                median(Figures::cpuPer10k));
    }

    Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("database", database);
        facts.put("contestant", contestant.name());
        facts.put("jobs", jobs);
        facts.put("rounds", rounds());
        return facts;
    }
}
