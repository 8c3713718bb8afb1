package io.tidings.benchmarks.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidings.benchmarks.Database;
import io.tidings.benchmarks.Samples;
import io.tidings.benchmarks.Server;
import io.tidings.benchmarks.outbox.Contestant.Backlog;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A tournament of a few jobs: the figures mean nothing, but everyone does the work, and the ratios follow from the rounds. */
class TournamentTest {
    private static Server.Postgres postgres;
    private static Server h2;

    @BeforeAll
    static void start() throws IOException {
        postgres = new Server.Postgres();
        h2 = Server.h2();
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
        h2.close();
    }

    static Stream<Contestant> everyone() {
        return Stream.of(
                new Ours(), new DbScheduler(), new SameRows(), new TransactionOutboxPeer(), new JobRunrStream());
    }

    @Test
    void the_server_is_as_durable_as_it_is_by_default() throws Exception {
        assertThat(postgres.settings())
                .contains("fsync=on", "synchronous_commit=on")
                .anyMatch(setting -> setting.startsWith("server_version=18"));
    }

    @ParameterizedTest
    @MethodSource("everyone")
    void nothing_is_worked_off_before_the_workers_start_and_everything_afterwards(Contestant contestant)
            throws Exception {
        Jobs jobs = new Jobs(20);
        try (Database database = postgres.empty();
                Backlog backlog = contestant.open(database)) {
            backlog.enqueue(Stream.generate(() -> "one").limit(12).toList());
            backlog.enqueue(Stream.generate(() -> "two").limit(8).toList());

            assertThat(jobs.left()).isEqualTo(20);
            backlog.start(jobs);

            assertThat(jobs.await()).isLessThanOrEqualTo(System.nanoTime());
            assertThat(jobs.left()).isZero();
        }
    }

    @Test
    void ours_and_the_limit_leave_the_same_rows_behind() throws Exception {
        assertThat(rowsOf(new SameRows())).isEqualTo(rowsOf(new Ours()));
    }

    private static List<Long> rowsOf(Contestant contestant) throws Exception {
        Jobs jobs = new Jobs(10);
        try (Database database = postgres.empty();
                Backlog backlog = contestant.open(database)) {
            backlog.enqueue(Stream.iterate(1, n -> n + 1)
                    .map(n -> "text " + n)
                    .limit(10)
                    .toList());
            backlog.start(jobs);
            jobs.await();
            while (!backlog.isSettled()) {
                Thread.onSpinWait();
            }
            return List.of(
                    database.number("SELECT count(*) FROM tidings_queue"),
                    database.number("SELECT count(*) FROM tidings_message WHERE status = 'ACCEPTED' AND attempts = 1"),
                    database.number("SELECT count(*) FROM tidings_attempt WHERE status = 'QUEUED' AND sid IS NOT NULL"),
                    database.number("SELECT count(*) FROM tidings_attempt WHERE poll_at IS NOT NULL"),
                    database.number("SELECT count(*) FROM tidings_sid"),
                    database.number("SELECT count(*) FROM tidings_observation"),
                    database.number("SELECT count(*) FROM tidings_decision"),
                    database.number("SELECT count(*) FROM tidings_audit WHERE message IS NOT NULL"));
        }
    }

    @Test
    void the_ratios_are_computed_from_the_rounds() throws Exception {
        Cell ours = new Cell(Plan.POSTGRES, new Ours(), 40);
        Cell scheduler = new Cell(Plan.POSTGRES, new DbScheduler(), 40);
        Cell runr = new Cell(Plan.POSTGRES, new JobRunrStream(), 20);
        List<Cell> cells = List.of(
                ours,
                scheduler,
                runr,
                new Cell(Plan.POSTGRES, new TransactionOutboxPeer(), 20),
                new Cell(Plan.POSTGRES, new SameRows(), 40),
                new Cell(Plan.H2, new Ours(), 40),
                new Cell(Plan.H2, new SameRows(), 40));
        Tournament tournament = new Tournament(
                Map.of(Plan.POSTGRES, postgres, Plan.H2, h2), new Plan(cells, 2, 10, Duration.ofMinutes(1), 0, 0));

        tournament.run();

        Map<String, Double> ratios = tournament.ratios();
        assertThat(ratios)
                .containsOnlyKeys(
                        "enqueue_vs_dbscheduler",
                        "drain_vs_dbscheduler",
                        "done_vs_dbscheduler",
                        "done_vs_jobrunr",
                        "done_vs_txoutbox",
                        "done_vs_limit");
        assertThat(ratios.get("drain_vs_dbscheduler"))
                .isCloseTo(quotient(ours, scheduler, Figures::drainPerSecond), within(1e-9));
        assertThat(ratios.get("done_vs_jobrunr")).isCloseTo(quotient(ours, runr, Figures::donePerSecond), within(1e-9));
        assertThat(cells).allSatisfy(TournamentTest::isComplete);
        assertThat(cells.stream().flatMap(cell -> cell.rounds().stream()))
                .anySatisfy(round -> assertThat(round.cpuPer10k()).isPositive());
        assertThat(tournament.table().lines()).hasSize(1 + cells.size());
        assertThat(tournament.facts()).hasSize(cells.size());
    }

    private static void isComplete(Cell cell) {
        assertThat(cell.rounds()).hasSize(2).allSatisfy(round -> {
            assertThat(round.enqueuePerSecond()).isPositive();
            assertThat(round.drainPerSecond()).isPositive();
            assertThat(round.donePerSecond())
                    .isPositive()
                    .isLessThan(Math.min(round.enqueuePerSecond(), round.drainPerSecond()));
            // Processor time is counted in ticks of 10 ms: twenty jobs may take less than one.
            assertThat(round.cpuPer10k()).isNotNegative();
        });
    }

    private static double quotient(Cell one, Cell other, ToDoubleFunction<Figures> figure) {
        return median(one, figure) / median(other, figure);
    }

    private static double median(Cell cell, ToDoubleFunction<Figures> figure) {
        return new Samples(cell.rounds().stream().mapToDouble(figure).boxed().toList()).median();
    }
}
