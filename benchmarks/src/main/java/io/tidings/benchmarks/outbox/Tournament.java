package io.tidings.benchmarks.outbox;

import io.tidings.benchmarks.Server;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.ToDoubleFunction;

/** Carries out a plan: everyone gets warm, then all cells take turns. */
final class Tournament {
    private final Map<String, Server> servers;
    private final Plan plan;

    /** {@code servers} by the name of the database. */
    Tournament(Map<String, Server> servers, Plan plan) {
        this.servers = Map.copyOf(servers);
        this.plan = plan;
    }

    void run() throws Exception {
        long start = System.nanoTime();
        for (Cell cell : plan.cells()) {
            cell.warmUp(server(cell), plan.warmUp());
        }
        for (int round = 0; round < plan.rounds() && (round == 0 || !isOver(start)); round++) {
            for (Cell cell : plan.cells()) {
                cell.run(server(cell));
            }
        }
    }

    private Server server(Cell cell) {
        Server server = servers.get(cell.database());
        if (server == null) {
            throw new IllegalArgumentException("There is no " + cell.database() + " here.");
        }
        return server;
    }

    private boolean isOver(long start) {
        return System.nanoTime() - start > plan.limit().toNanos();
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

    /** Medians of the rounds, ours divided by theirs: above 1 we are faster. */
    Map<String, Double> ratios() {
        Map<String, Double> ratios = new LinkedHashMap<>();
        ratios.put("enqueue_vs_dbscheduler", against(DbScheduler.class, Figures::enqueuePerSecond));
        ratios.put("drain_vs_dbscheduler", against(DbScheduler.class, Figures::drainPerSecond));
        ratios.put("done_vs_dbscheduler", against(DbScheduler.class, Figures::donePerSecond));
        ratios.put("done_vs_jobrunr", against(JobRunrStream.class, Figures::donePerSecond));
        ratios.put("done_vs_txoutbox", against(TransactionOutboxPeer.class, Figures::donePerSecond));
        ratios.put("done_vs_limit", against(SameRows.class, Figures::donePerSecond));
        return ratios;
    }

    private double against(Class<? extends Contestant> peer, ToDoubleFunction<Figures> figure) {
        return find(Ours.class).median(figure) / find(peer).median(figure);
    }

    private Cell find(Class<? extends Contestant> type) {
        return plan.cells().stream()
                .filter(cell -> cell.is(Plan.POSTGRES, type))
                .findFirst()
                .orElseThrow();
    }
}
