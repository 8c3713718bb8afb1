package io.tidings.benchmarks.dispatch;

import io.tidings.benchmarks.stub.Stub;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Predicate;

/** Carries out a plan: everyone gets warm without a delay, then all cells take turns. */
final class Tournament {
    /** The window that processor time is compared at: the default one. */
    static final int CPU_WINDOW = 64;

    private final Stub stub;
    private final Plan plan;

    Tournament(Stub stub, Plan plan) {
        this.stub = stub;
        this.plan = plan;
    }

    void run() throws Exception {
        long start = System.nanoTime();
        List<Contestant> everyone = plan.cells().stream()
                .map(Cell::contestant)
                .filter(distinctType())
                .toList();
        for (int sent = 0; sent == 0 || sent < plan.warmSends() || !isOver(start, plan.warmUp()); ) {
            for (Contestant contestant : everyone) {
                new Round(stub, contestant, CPU_WINDOW, 0).run(CPU_WINDOW, 4 * plan.sends());
            }
            sent += 4 * plan.sends();
        }
        long measured = System.nanoTime();
        for (int round = 0; round < plan.rounds() && (round == 0 || !isOver(measured, plan.limit())); round++) {
            for (Cell cell : plan.cells()) {
                cell.run(stub, plan);
            }
        }
    }

    private static Predicate<Contestant> distinctType() {
        Set<Class<?>> seen = new HashSet<>();
        return contestant -> seen.add(contestant.getClass());
    }

    private static boolean isOver(long start, Duration limit) {
        return System.nanoTime() - start > limit.toNanos();
    }

    String table() {
        StringJoiner table = new StringJoiner(System.lineSeparator());
        table.add(Cell.HEAD);
        plan.cells().forEach(cell -> table.add(cell.row()));
        return table.toString();
    }

    List<Map<String, Object>> facts() {
        return plan.cells().stream().map(Cell::facts).toList();
    }

    /** Medians of the rounds; the last one of all requests. */
    Map<String, String> ratios() {
        Map<String, String> ratios = new LinkedHashMap<>();
        Cell ours = find(Ours.class, CPU_WINDOW);
        ratios.put("window64", shown(ours.ofLimit()));
        ratios.put("window256", shown(find(Ours.class, 256).ofLimit()));
        ratios.put("cpu_vs_okhttp", shown(cpuToOkHttp(ours)));
        ratios.put("posts_per_attempt", postsPerAttempt());
        return ratios;
    }

    private double cpuToOkHttp(Cell ours) {
        return ours.median(Figures::cpuPer10k)
                / find(RawOkHttp.class, CPU_WINDOW).median(Figures::cpuPer10k);
    }

    private Cell find(Class<? extends Contestant> type, int window) {
        return plan.cells().stream()
                .filter(cell -> cell.is(type, window, Plan.DELAY))
                .findFirst()
                .orElseThrow();
    }

    /** {@code 1} only if every attempt was one POST: a rounded figure would hide one in thousands. */
    private String postsPerAttempt() {
        List<Figures> ours = plan.cells().stream()
                .filter(Cell::isOurs)
                .flatMap(cell -> cell.rounds().stream())
                .toList();
        if (ours.stream().allMatch(round -> round.posts() == round.attempts())) {
            return "1";
        }
        double posts = ours.stream().mapToLong(Figures::posts).sum();
        return String.format(
                Locale.ROOT,
                "%.9f",
                posts / ours.stream().mapToLong(Figures::attempts).sum());
    }

    private static String shown(double ratio) {
        return String.format(Locale.ROOT, "%.3f", ratio);
    }
}
