package io.tidings.benchmarks.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The two sides of a duel do the same work, and what is printed can be read. */
class DuelTest {

    /** A load throws if its bucket answers otherwise than the load is made for. */
    @ParameterizedTest
    @ValueSource(strings = {"granted_1t", "granted_2t", "refused_1t", "refused_2t", "keyed_1t"})
    void both_sides_of_every_load_get_the_answers_it_is_made_for(String name) {
        Pair pair = Pair.of(name);

        int ours = 1;
        int packed = 1;
        for (int batch = 0; batch < 100; batch++) {
            ours = pair.ours().batch(ours);
            packed = pair.packed().batch(packed);
        }

        assertThat(ours).isEqualTo(packed);
        assertThat(pair.threads()).isEqualTo(name.endsWith("2t") ? 2 : 1);
    }

    @Test
    void a_load_that_nobody_knows_is_named() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pair.of("granted_3t"))
                .withMessageContaining("granted_3t");
    }

    @Test
    void the_yardstick_grants_its_burst_and_then_no_more_than_its_rate() {
        PackedBucket bucket = new PackedBucket(3_600_000_000_000L, 5);

        int granted = 0;
        for (int call = 0; call < 1_000; call++) {
            granted += bucket.tryAcquire() ? 1 : 0;
        }

        assertThat(granted).isEqualTo(5);
    }

    @Test
    void a_duel_prints_one_line_that_can_be_read_back() throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            DuelMain.main(new String[] {"refused_1t", "1"});
        } finally {
            System.setOut(before);
        }

        DuelMain.Duel duel =
                new ObjectMapper().readValue(printed.toString(StandardCharsets.UTF_8), DuelMain.Duel.class);
        assertThat(duel.name()).isEqualTo("refused_1t");
        assertThat(duel.ours()).hasSameSizeAs(duel.packed()).isNotEmpty().allMatch(nanos -> nanos > 0);
        assertThat(duel.packed()).allMatch(nanos -> nanos > 0);
        assertThat(duel.bytesPerCall()).isBetween(0.0, 100.0);
    }
}
