package io.tidings.benchmarks.throttle;

import io.tidings.benchmarks.Results;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;

/** Everyone, by JMH: several rounds over all contestants in turn, each cell in a fork of its own, medians of the rounds. */
final class FullRun {
    private static final int ROUNDS = 3;
    private static final String OURS = "Tidings";
    private static final String LIMIT = "packed long (limit)";

    private static final Map<String, String> SINGLE = inOrder(
            List.of("compare-and-set (floor)", LIMIT, OURS, "Failsafe", "Resilience4j", "Guava", "Bucket4j"),
            List.of("Atomic", "Packed", "Ours", "Failsafe", "Resilience", "Guava", "Bucket4j"));
    private static final Map<String, String> KEYED =
            inOrder(List.of(LIMIT, OURS, "Caffeine and Bucket4j"), List.of("Packed", "Ours", "Bucket4j"));

    private FullRun() {}

    static void run(Results results) throws RunnerException {
        List<Cell> cells = cells();
        for (int round = 1; round <= ROUNDS; round++) {
            System.out.println("round " + round + " of " + ROUNDS);
            for (Cell cell : cells) {
                cell.measure();
            }
        }
        cells.sort(Comparator.comparing(Cell::column));
        System.out.println("load         contestant                        ns/op    least     most  x limit    B/op");
        for (Cell cell : cells) {
            System.out.println(cell.row(limit(cells, cell)));
        }
        results.put(
                "cells",
                cells.stream().map(cell -> cell.facts(limit(cells, cell))).toList());
        System.out.println();
    }

    private static List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (int threads = 1; threads <= 2; threads++) {
            for (Map.Entry<String, String> each : SINGLE.entrySet()) {
                String method = ".by" + each.getValue();
                cells.add(new Cell(each.getKey(), "granted", "Granted" + method, threads));
                if (!each.getValue().equals("Atomic")) {
                    cells.add(new Cell(each.getKey(), "refused", "Refused" + method, threads));
                }
            }
            for (Map.Entry<String, String> each : KEYED.entrySet()) {
                cells.add(new Cell(each.getKey(), "keyed", "Keyed.keyed" + each.getValue(), threads));
            }
        }
        return cells;
    }

    /** What the packed bucket took under the same load. */
    private static double limit(List<Cell> cells, Cell cell) {
        return find(cells, cell.column(), LIMIT).nanos();
    }

    private static Cell find(List<Cell> cells, String column, String contestant) {
        return cells.stream()
                .filter(cell ->
                        cell.column().equals(column) && cell.contestant().equals(contestant))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> inOrder(List<String> contestants, List<String> methods) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int each = 0; each < contestants.size(); each++) {
            map.put(contestants.get(each), methods.get(each));
        }
        return map;
    }
}
