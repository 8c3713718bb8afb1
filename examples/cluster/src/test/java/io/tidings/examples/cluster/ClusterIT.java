package io.tidings.examples.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** Rows 1 and 13 of the guarantees in a short size; {@code examples/cluster/run --kills 100} is the long one. */
class ClusterIT {

    @Test
    void nothing_is_lost_doubled_or_stuck_when_nodes_are_killed() throws Exception {
        boolean full = "full".equals(System.getProperty("tidings.torture"));
        long seed = Long.getLong("tidings.seed", ThreadLocalRandom.current().nextLong(1, 1_000_000_000));
        Plan plan = new Plan(full ? 50_000 : 600, 3, 6, 40, full ? 200 : 3, full ? 20 : 1, seed);
        ByteArrayOutputStream said = new ByteArrayOutputStream();

        Verdict verdict = ClusterMain.run(plan, new PrintStream(said, true, StandardCharsets.UTF_8));

        System.out.println("row 1: kill -9 over 3 nodes, seed " + seed + ": " + verdict.line());
        keep("| 1     | kill -9 over 3 nodes, SIGSTOP | %d kills, %d pauses | %s | seed %d | %s |"
                .formatted(
                        verdict.kills().count(),
                        plan.pauses(),
                        verdict.line(),
                        seed,
                        verdict.holds(plan) ? "ok" : "FAILED"));
        assertThat(verdict.holds(plan))
                .as(verdict.line() + "\n" + said.toString(StandardCharsets.UTF_8))
                .isTrue();
        assertThat(verdict.kills().count()).isGreaterThanOrEqualTo(plan.kills());
        assertThat(verdict.kills().tellEnough()).as(verdict.line()).isTrue();
    }

    /** Where the lines of all modules come together; nowhere unless {@code tidings.scoreboard} names a file. */
    private static void keep(String line) throws IOException {
        String file = System.getProperty("tidings.scoreboard", "");
        if (!file.isEmpty()) {
            Files.writeString(Path.of(file), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }
}
