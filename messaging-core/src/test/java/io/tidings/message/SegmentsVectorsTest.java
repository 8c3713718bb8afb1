package io.tidings.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Compares with Twilio's own calculator; the README beside the vectors says how. */
class SegmentsVectorsTest {
    private static final String FOLDER = "/io/tidings/message/segments/";

    @TestFactory
    Stream<DynamicTest> texts_count_as_twilio_counts_them() {
        Stream<DynamicTest> stored = Stream.of(dynamicTest("20,000 stored vectors", this::stored));
        return "full".equals(System.getProperty("tidings.torture"))
                ? Stream.concat(stored, Stream.of(dynamicTest("a fresh million", this::fresh)))
                : stored;
    }

    private void stored() throws IOException {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(SegmentsVectorsTest.class.getResourceAsStream(FOLDER + "vectors.tsv.gz")),
                UTF_8))) {
            assertThat(compare(reader)).isEqualTo(20_000);
        }
    }

    private void fresh() throws Exception {
        long seed = Long.getLong("tidings.seed", System.nanoTime() & 0x7fff_ffffL);
        System.out.println("segment vectors: seed " + seed + " (repeat with -Dtidings.seed=" + seed + ")");
        Path work = Path.of("target", "segments-calculator").toAbsolutePath();
        Files.createDirectories(work);
        Path script = work.resolve("generate.js");
        Files.write(
                script,
                SegmentsVectorsTest.class
                        .getResourceAsStream(FOLDER + "generate.js")
                        .readAllBytes());
        if (!Files.isDirectory(work.resolve("node_modules/sms-segments-calculator"))) {
            Process npm = start(work, "npm", "install", "--no-save", "--prefix", ".", "sms-segments-calculator@1.3.0");
            npm.getInputStream().transferTo(System.out);
            assertThat(npm.waitFor())
                    .as("npm could not install sms-segments-calculator 1.3.0; the full run needs it")
                    .isZero();
        }
        Process node = start(work, "node", "generate.js", "--seed", String.valueOf(seed), "--count", "1000000");
        try (BufferedReader reader = node.inputReader(UTF_8)) {
            assertThat(compare(reader)).isEqualTo(1_000_000);
        } finally {
            node.destroy();
        }
    }

    private static Process start(Path folder, String... command) {
        try {
            return new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectError(new File(folder.toFile(), "errors.txt"))
                    .start();
        } catch (IOException e) {
            return fail("the full run compares with Twilio's calculator and needs '" + command[0]
                    + "' on the path; install Node.js or run without -Dtidings.torture=full");
        }
    }

    private static int compare(BufferedReader reader) throws IOException {
        List<String> differences = new ArrayList<>();
        int lines = 0;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            lines++;
            int end = line.lastIndexOf('\t');
            String text = unpack(line.substring(end + 1));
            String expected = line.substring(0, end);
            String actual = describe(expected.startsWith("1"), text);
            if (!actual.equals(expected) && differences.size() < 20) {
                differences.add("expected " + expected + " but was " + actual + " for " + line.substring(end + 1));
            }
        }
        assertThat(differences).isEmpty();
        return lines;
    }

    private static String describe(boolean smart, String text) {
        Segments segments = Segments.of(text, smart);
        int others = segments.forcing().stream()
                .mapToInt(ForcingCharacter::occurrences)
                .sum();
        return (smart ? "1" : "0")
                + (segments.encoding() == Encoding.GSM_7 ? "\tG\t" : "\tU\t")
                + segments.count() + "\t" + segments.units() + "\t" + segments.remaining() + "\t" + others + "\t"
                + segments.forcing().size();
    }

    private static String unpack(String packed) {
        StringBuilder text = new StringBuilder();
        for (String run : packed.split(" ", -1)) {
            if (!run.isEmpty()) {
                int times = run.indexOf('x');
                char unit = (char) Integer.parseInt(times < 0 ? run : run.substring(0, times), 16);
                text.append(String.valueOf(unit).repeat(times < 0 ? 1 : Integer.parseInt(run.substring(times + 1))));
            }
        }
        return text.toString();
    }
}
