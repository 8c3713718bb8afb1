package io.tidings.examples.startcost;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Starts the same application with the starter and without, in turns, each in a process of its own, and prints the medians.
 * Twilio is an address at which nobody answers: no sandbox is part of what is measured.
 */
public final class StartCostMain {
    private static final String[] ROWS = {
        "start, ms",
        "heap after collection, MB",
        "threads",
        "CPU while idle, % of one core",
        "statements a second while idle"
    };

    private StartCostMain() {}

    /**
     * Takes {@code --quick} for one round and ten seconds of being idle, instead of five and thirty, and {@code --settled} to
     * measure from 30 seconds after the start instead of three: classes are loaded and compiled by then.
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        boolean quick = Arrays.asList(arguments).contains("--quick");
        int rounds = quick ? 1 : 5;
        int idle = quick ? 10 : 30;
        int settle = Arrays.asList(arguments).contains("--settled") ? 30 : 3;
        List<double[]> with = new ArrayList<>();
        List<double[]> without = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            without.add(measure(classPath(false), settle, idle));
            with.add(measure(classPath(true), settle, idle));
        }
        System.out.printf(
                Locale.ROOT,
                "%d round(s), idle for %d s from %d s after the start, Java %s, load at the end %.1f on %d processors%n",
                rounds,
                idle,
                settle,
                System.getProperty("java.version"),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                Runtime.getRuntime().availableProcessors());
        System.out.println("| | without | with | more |\n| --- | ---: | ---: | ---: |");
        for (int row = 0; row < ROWS.length; row++) {
            double before = median(without, row);
            double after = median(with, row);
            System.out.printf(Locale.ROOT, "| %s | %.2f | %.2f | %.2f |%n", ROWS[row], before, after, after - before);
        }
    }

    /** Our jars and classes are left out; what they bring along stays, so that only their being used is measured. */
    private static String classPath(boolean whole) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> whole || !entry.contains("messaging-"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static double[] measure(String classPath, int settle, int idle) throws IOException, InterruptedException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Dsettle=" + settle,
                "-Didle=" + idle,
                "-cp",
                classPath,
                ShopMain.class.getName(),
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--spring.sql.init.mode=never",
                "--tidings.provider=twilio",
                "--tidings.from=+12025550100",
                "--tidings.secret=0123456789abcdef0123456789abcdef",
                "--tidings.twilio.account-sid=AC" + "0".repeat(32),
                "--tidings.twilio.auth-token=0123456789abcdef0123456789abcdef",
                "--tidings.twilio.base-url=http://127.0.0.1:1");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> said = new ArrayList<>();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            out.lines().forEach(said::add);
        }
        int exit = process.waitFor();
        return said.stream()
                .filter(line -> line.startsWith("measured "))
                .map(line -> Arrays.stream(line.substring("measured ".length()).split(" "))
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("it ended with " + exit + ": " + String.join("\n", said)));
    }

    private static double median(List<double[]> measured, int row) {
        double[] sorted =
                measured.stream().mapToDouble(each -> each[row]).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
