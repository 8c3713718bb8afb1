package io.tidings.benchmarks.bulk;

import io.tidings.benchmarks.Samples;
import io.tidings.benchmarks.Server;
import io.tidings.benchmarks.stub.Stub;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.ToDoubleFunction;

/** Ours and the loop take turns, without a delay and at one. */
final class Duel {
    private static final String HEAD =
            "contestant  delay    rows  messages/s    least     most  CPU-s/10k  posts/message";

    private final Server server;
    private final Stub stub;
    private final Plan plan;
    private final List<Cell> cells = new ArrayList<>();

    private record Cell(Contestant contestant, int delay, int rows, List<Figures> rounds) {
        double median(ToDoubleFunction<Figures> figure) {
            return samples(figure).median();
        }

        private Samples samples(ToDoubleFunction<Figures> figure) {
            return new Samples(rounds.stream().mapToDouble(figure).boxed().toList());
        }

        String row() {
            Samples rate = samples(Figures::perSecond);
            return String.format(
                    Locale.ROOT,
                    "%-11s %2d ms %7d %11.0f %8.0f %8.0f %10.2f %14.3f",
                    contestant.name(),
                    delay,
                    rows,
                    rate.median(),
                    rate.quantile(0),
                    rate.quantile(1),
                    median(Figures::cpuPer10k),
                    median(Figures::posts) / rows);
        }
    }

    Duel(Server server, Stub stub, Plan plan) {
        this.server = server;
        this.stub = stub;
        this.plan = plan;
        for (int delay : new int[] {0, Plan.DELAY}) {
            for (Contestant contestant : List.of(new Ours(), new Naive())) {
                cells.add(new Cell(contestant, delay, delay == 0 ? plan.rows() : plan.slowRows(), new ArrayList<>()));
            }
        }
    }

    void run() throws Exception {
        long start = System.nanoTime();
        for (Cell cell : cells.subList(0, 2)) {
            new Round(server, stub, cell.contestant()).run(plan.warmUp(), 0);
        }
        for (int round = 0; round < plan.rounds() && (round == 0 || !isOver(start)); round++) {
            for (Cell cell : cells) {
                cell.rounds().add(new Round(server, stub, cell.contestant()).run(cell.rows(), cell.delay()));
            }
        }
    }

    private boolean isOver(long start) {
        return System.nanoTime() - start > plan.limit().toNanos();
    }

    String table() {
        StringJoiner table = new StringJoiner(System.lineSeparator());
        table.add(HEAD);
        cells.forEach(cell -> table.add(cell.row()));
        return table.toString();
    }

    List<Map<String, Object>> facts() {
        List<Map<String, Object>> facts = new ArrayList<>();
        for (Cell cell : cells) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("contestant", cell.contestant().name());
            one.put("delayMillis", cell.delay());
            one.put("rows", cell.rows());
            one.put("rounds", List.copyOf(cell.rounds()));
            facts.add(one);
        }
        return facts;
    }

    /** Medians of the rounds; the processor time is that without a delay. */
    Map<String, Double> ratios() {
        Map<String, Double> ratios = new LinkedHashMap<>();
        ratios.put("speed_0ms_vs_naive", ours(0, Figures::perSecond));
        ratios.put("speed_50ms_vs_naive", ours(Plan.DELAY, Figures::perSecond));
        ratios.put("cpu_vs_naive", ours(0, Figures::cpuPer10k));
        return ratios;
    }

    private double ours(int delay, ToDoubleFunction<Figures> figure) {
        List<Cell> both = cells.stream().filter(cell -> cell.delay() == delay).toList();
        return both.get(0).median(figure) / both.get(1).median(figure);
    }
}
