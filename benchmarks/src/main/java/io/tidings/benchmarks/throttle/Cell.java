package io.tidings.benchmarks.throttle;

import io.tidings.benchmarks.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** One contestant under one load: a JMH method, and what its forks have measured so far. */
final class Cell {
    private final String contestant;
    private final String load;
    private final String method;
    private final int threads;
    private final List<Double> nanos = new ArrayList<>();
    private final List<Double> bytes = new ArrayList<>();

    Cell(String contestant, String load, String method, int threads) {
        this.contestant = contestant;
        this.load = load;
        this.method = method;
        this.threads = threads;
    }

    String contestant() {
        return contestant;
    }

    /** The load with its number of threads, such as {@code granted_2t}. */
    String column() {
        return load + "_" + threads + "t";
    }

    double nanos() {
        return new Samples(nanos).median();
    }

    double bytes() {
        return new Samples(bytes).median();
    }

    /** One more fork. */
    void measure() throws RunnerException {
        RunResult result = new Runner(new OptionsBuilder()
                        .include(method + "$")
                        .threads(threads)
                        .forks(1)
                        .warmupIterations(3)
                        .warmupTime(TimeValue.milliseconds(300))
                        .measurementIterations(5)
                        .measurementTime(TimeValue.milliseconds(300))
                        .addProfiler(GCProfiler.class)
                        .jvmArgs("-Xmx512m")
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .runSingle();
        nanos.add(result.getPrimaryResult().getScore());
        bytes.add(Objects.requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm"))
                .getScore());
    }

    String row(double limit) {
        Samples samples = new Samples(nanos);
        return String.format(
                Locale.ROOT,
                "%-12s %-30s %8.1f %8.1f %8.1f %8.2f %7.1f",
                column(),
                contestant,
                samples.median(),
                samples.quantile(0),
                samples.quantile(1),
                samples.median() / limit,
                bytes());
    }

    Map<String, Object> facts(double limit) {
        return Map.of(
                "load",
                column(),
                "contestant",
                contestant,
                "nanos",
                nanos,
                "bytes",
                bytes(),
                "times_limit",
                nanos() / limit);
    }
}
