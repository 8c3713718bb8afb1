package io.tidings.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.audit.AuditVerdict.Kind;
import io.tidings.torture.Scale;
import io.tidings.torture.Scoreboard;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** guarantees E 43: every tampering is found, given a checkpoint. Sizes by {@code tidings.torture}. */
@ExtendWith(Scoreboard.Keeper.class)
class TamperingTest {
    private static final int RECORDS = 60;

    private final AuditScene scene = new AuditScene();
    private List<String> lines = List.of();
    private byte[] export = new byte[0];

    @BeforeEach
    void fill() {
        for (int i = 0; i < RECORDS; i++) {
            scene.act(i);
            if (i == RECORDS / 2) {
                scene.time.forward(Duration.ofDays(40));
            }
        }
        scene.trail.erase(io.tidings.message.TenantId.DEFAULT, AuditScene.person(7));
        scene.trail.checkpoint();
        export = scene.export();
        lines = new String(export, StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void an_untouched_export_is_intact() {
        assertThat(scene.verify(export)).isEqualTo(new AuditVerdict(RECORDS + 2, null));
    }

    @Test
    void every_tampering_is_found(Scoreboard board) {
        int rounds = Scale.of(1_000, 10_000);
        long seed = Scale.seed();
        Scoreboard.Row row = board.row("43", "tampered audit trail", seed).size("%d tamperings", rounds);
        Random random = new Random(seed);
        Map<Kind, Integer> found = new EnumMap<>(Kind.class);

        for (int round = 0; round < rounds; round++) {
            AuditVerdict verdict = scene.verify(tampered(round % 5, random));

            assertThat(verdict.isIntact())
                    .as("round %s of seed %s", round, seed)
                    .isFalse();
            found.merge(java.util.Objects.requireNonNull(verdict.broken()).kind(), 1, Integer::sum);
        }

        row.figure(
                        "%d found: %s",
                        found.values().stream().mapToInt(Integer::intValue).sum(), found)
                .passed();
    }

    private byte[] tampered(int how, Random random) {
        if (how == 0) {
            byte[] flipped = export.clone();
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
            return flipped;
        }
        List<String> changed = new ArrayList<>(lines);
        int at = 1 + random.nextInt(lines.size() - 1);
        int other = 1 + (at + random.nextInt(lines.size() - 2)) % (lines.size() - 1);
        switch (how) {
            case 1 -> changed.remove(at);
            case 2 -> changed.add(at, lines.get(other));
            case 3 -> Collections.swap(changed, at, other);
            default -> changed.subList(at, changed.size()).clear();
        }
        return bytes(changed);
    }

    private static byte[] bytes(List<String> lines) {
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private AuditVerdict.Broken broken(List<String> changed) {
        return java.util.Objects.requireNonNull(scene.verify(bytes(changed)).broken());
    }

    @Test
    void the_first_broken_record_is_named_with_what_is_wrong() {
        List<String> removed = new ArrayList<>(lines);
        removed.remove(5);
        List<String> swapped = new ArrayList<>(lines);
        Collections.swap(swapped, 5, 6);
        List<String> again = new ArrayList<>(lines);
        again.add(6, lines.get(5));
        List<String> altered = new ArrayList<>(lines);
        altered.set(5, altered.get(5).replace("order 4", "order 9"));
        List<String> foreign = new ArrayList<>(lines);
        foreign.add(5, lines.get(5).replace("message.sent", "message.resent"));

        assertThat(broken(removed)).extracting("sequence", "kind").containsExactly(5L, Kind.MISSING);
        assertThat(broken(swapped)).extracting("sequence", "kind").containsExactly(5L, Kind.REORDERED);
        assertThat(broken(again)).extracting("sequence", "kind").containsExactly(6L, Kind.INSERTED);
        assertThat(broken(altered)).extracting("sequence", "kind").containsExactly(5L, Kind.ALTERED);
        assertThat(broken(foreign)).extracting("sequence", "kind").containsExactly(5L, Kind.INSERTED);
        assertThat(broken(lines.subList(0, 21))).extracting("sequence", "kind").containsExactly(21L, Kind.TRUNCATED);
    }

    @Test
    void data_taken_away_without_an_erasure_are_noticed() {
        List<String> changed = new ArrayList<>(lines);
        changed.set(5, changed.get(5).replaceAll(",\"data\":\\{.*}}", ""));

        assertThat(broken(changed)).extracting("sequence", "kind").containsExactly(5L, Kind.ALTERED);
    }

    @Test
    void without_a_checkpoint_a_lost_end_is_not_seen() {
        scene.checkpoints.clear();

        assertThat(scene.verify(bytes(lines.subList(0, 8))).isIntact()).isTrue();
    }
}
