package io.tidings.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** What one run of a benchmark found: kept as JSON, and summed up in one line for machines. */
public final class Results {
    private final String name;
    private final Map<String, Object> facts = new LinkedHashMap<>();

    /** Results of the benchmark of that name; the machine and the JVM are noted. */
    public Results(String name) {
        this.name = name;
        facts.put("benchmark", name);
        facts.put("java", System.getProperty("java.vm.version"));
        facts.put("processors", Runtime.getRuntime().availableProcessors());
    }

    /** Notes a fact; values are anything Jackson can write. */
    public void put(String key, Object value) {
        facts.put(key, value);
    }

    /** Writes the facts to {@code <name>.json} in that folder, replacing an older run. */
    public Path write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(name + ".json");
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), facts);
        return file;
    }

    /** The line that ends a run, {@code ratios: a=1.00 b=2.00}, in the order of the map. */
    public static String ratioLine(Map<String, Double> ratios) {
        StringJoiner line = new StringJoiner(" ", "ratios: ", "");
        ratios.forEach((key, value) -> line.add(String.format(Locale.ROOT, "%s=%.3f", key, value)));
        return line.toString();
    }
}
