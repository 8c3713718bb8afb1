package io.tidings.benchmarks.throttle;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidings.benchmarks.Results;
import io.tidings.benchmarks.Samples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Ours and the packed bucket only: every load twice, each time in a fresh JVM in which the two take turns. */
final class QuickRun {
    private static final List<String> LOADS =
            List.of("granted_1t", "refused_1t", "granted_2t", "refused_2t", "keyed_1t");
    private static final int JVMS = 2;
    private static final int MILLIS = 2_000;

    private QuickRun() {}

    /** All slices of one load, of every JVM. */
    private record Found(Samples ours, Samples packed, Samples ratio, double bytes) {
        String row(String name) {
            return String.format(
                    Locale.ROOT,
                    "%-11s %8.1f %8.1f %8.3f   %.3f to %.3f %7.3f",
                    name,
                    ours.median(),
                    packed.median(),
                    ratio.median(),
                    ratio.quantile(0.25),
                    ratio.quantile(0.75),
                    bytes);
        }
    }

    static Map<String, Double> run(Results results) throws IOException, InterruptedException {
        Map<String, List<DuelMain.Duel>> duels = new LinkedHashMap<>();
        for (int jvm = 0; jvm < JVMS; jvm++) {
            for (String load : LOADS) {
                duels.computeIfAbsent(load, name -> new ArrayList<>()).add(fork(load));
            }
        }
        results.put("duels", duels);
        System.out.println("load         ours ns  packed ns  ratio   middle half     B/op");
        Map<String, Double> ratios = new LinkedHashMap<>();
        double bytes = 0;
        double keyed = 0;
        for (Map.Entry<String, List<DuelMain.Duel>> entry : duels.entrySet()) {
            Found found = found(entry.getValue());
            System.out.println(found.row(entry.getKey()));
            bytes = Math.max(bytes, found.bytes());
            if (entry.getKey().equals("keyed_1t")) {
                keyed = found.ours().median();
            } else {
                ratios.put(entry.getKey(), found.ratio().median());
            }
        }
        ratios.put("keyed_ns", keyed);
        ratios.put("bytes_per_op", bytes);
        return ratios;
    }

    private static Found found(List<DuelMain.Duel> duels) {
        List<Double> ours = new ArrayList<>();
        List<Double> packed = new ArrayList<>();
        List<Double> ratio = new ArrayList<>();
        double bytes = 0;
        for (DuelMain.Duel duel : duels) {
            ours.addAll(duel.ours());
            packed.addAll(duel.packed());
            for (int slice = 0; slice < duel.ours().size(); slice++) {
                ratio.add(duel.ours().get(slice) / duel.packed().get(slice));
            }
            bytes = Math.max(bytes, duel.bytesPerCall());
        }
        return new Found(new Samples(ours), new Samples(packed), new Samples(ratio), bytes);
    }

    private static DuelMain.Duel fork(String load) throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process child = new ProcessBuilder(
                        java.toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DuelMain.class.getName(),
                        load,
                        Integer.toString(MILLIS))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String printed = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = child.waitFor();
        if (exit != 0) {
            throw new IOException("The JVM for " + load + " ended with " + exit + "; its message is above.");
        }
        return new ObjectMapper().readValue(printed, DuelMain.Duel.class);
    }
}
