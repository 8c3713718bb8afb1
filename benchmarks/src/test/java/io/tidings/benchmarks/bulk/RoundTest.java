package io.tidings.benchmarks.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.benchmarks.Server;
import io.tidings.benchmarks.stub.Stub;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few rows: both contestants send every one once and learn of its delivery, and the ratios follow from the rounds. */
class RoundTest {
    @Test
    void every_row_is_sent_once_and_known_to_be_delivered() throws Exception {
        try (Server server = Server.postgres();
                Stub stub = Stub.start()) {
            Duel duel = new Duel(server, stub, new Plan(30, 20, 1, 10, Duration.ofMinutes(1)));

            duel.run();

            assertThat(duel.facts())
                    .hasSize(4)
                    .extracting(facts -> facts.get("contestant"))
                    .containsExactly("Tidings", "naive loop", "Tidings", "naive loop");
            assertThat(duel.facts()).allSatisfy(RoundTest::isComplete);
            assertThat(duel.table().lines()).hasSize(5);
            Map<String, Double> ratios = duel.ratios();
            assertThat(ratios).containsOnlyKeys("speed_0ms_vs_naive", "speed_50ms_vs_naive", "cpu_vs_naive");
            assertThat(ratios.get("speed_50ms_vs_naive"))
                    .isEqualTo(only(duel, 2).perSecond() / only(duel, 3).perSecond());
            assertThat(ratios.get("cpu_vs_naive"))
                    .isEqualTo(only(duel, 0).cpuPer10k() / only(duel, 1).cpuPer10k());
        }
    }

    private static void isComplete(Map<String, Object> facts) {
        Figures figures = (Figures) ((List<?>) facts.getOrDefault("rounds", List.of())).get(0);
        assertThat(figures.posts()).isEqualTo(facts.get("rows"));
        assertThat(figures.perSecond()).isPositive();
    }

    private static Figures only(Duel duel, int cell) {
        return (Figures) ((List<?>) duel.facts().get(cell).getOrDefault("rounds", List.of())).get(0);
    }

    @Test
    void a_tenth_of_the_names_is_quoted(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("recipients.csv");

        Rows.write(file, 20);

        assertThat(Files.readAllLines(file)).hasSize(21).first().isEqualTo("phone,name,bay,order");
        assertThat(Files.readAllLines(file))
                .filteredOn(line -> line.contains("\""))
                .hasSize(2);
    }
}
