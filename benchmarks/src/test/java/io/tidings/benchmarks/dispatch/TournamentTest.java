package io.tidings.benchmarks.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidings.benchmarks.Samples;
import io.tidings.benchmarks.stub.Stub;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** A tournament of a few hundred sends: the figures mean nothing, but what is printed follows from them. */
class TournamentTest {
    private final Cell ours64 = new Cell(new Ours(), 64, Plan.DELAY);
    private final Cell okHttp64 = new Cell(new RawOkHttp(), 64, Plan.DELAY);
    private final Cell ours256 = new Cell(new Ours(), 256, Plan.DELAY);

    @Test
    void the_ratios_are_computed_from_the_rounds_and_every_attempt_is_one_post() throws Exception {
        try (Stub stub = Stub.start()) {
            Plan plan = new Plan(List.of(ours64, okHttp64, ours256), 2, 2, 16, 0, Duration.ZERO, Duration.ofMinutes(1));
            Tournament tournament = new Tournament(stub, plan);

            tournament.run();

            Map<String, String> ratios = tournament.ratios();
            assertThat(ratios).containsOnlyKeys("window64", "window256", "cpu_vs_okhttp", "posts_per_attempt");
            assertThat(number(ratios, "window64"))
                    .isCloseTo(median(ours64, Figures::perSecond) / (64 * 20), within(0.0006));
            assertThat(number(ratios, "window256"))
                    .isCloseTo(median(ours256, Figures::perSecond) / (256 * 20), within(0.0006));
            assertThat(number(ratios, "cpu_vs_okhttp"))
                    .isCloseTo(
                            median(ours64, Figures::cpuPer10k) / median(okHttp64, Figures::cpuPer10k), within(0.0006));
            assertThat(ratios.get("posts_per_attempt")).isEqualTo("1");
            assertThat(plan.cells()).allSatisfy(TournamentTest::isComplete);
            assertThat(tournament.table().lines()).hasSize(4);
            assertThat(tournament.facts())
                    .extracting(facts -> facts.get("contestant"))
                    .containsExactly("Tidings", "OkHttp", "Tidings");
        }
    }

    /** Each round saw all its sends. Two waves take at least one delay, so no pace is above twice the limit. */
    private static void isComplete(Cell cell) {
        assertThat(cell.rounds()).hasSize(2).allSatisfy(round -> {
            assertThat(round.posts()).isEqualTo(round.attempts()).isGreaterThanOrEqualTo(4 * 64);
            assertThat(round.failed()).isZero();
            assertThat(round.perSecond()).isPositive();
            assertThat(round.cpuPer10k()).isPositive().isLessThanOrEqualTo(round.cpuWithJitPer10k());
        });
        assertThat(cell.ofLimit()).isBetween(0.001, 2.0);
    }

    private static double median(Cell cell, ToDoubleFunction<Figures> figure) {
        return new Samples(cell.rounds().stream().mapToDouble(figure).boxed().toList()).median();
    }

    private static double number(Map<String, String> ratios, String name) {
        return Double.parseDouble(ratios.getOrDefault(name, "missing"));
    }
}
