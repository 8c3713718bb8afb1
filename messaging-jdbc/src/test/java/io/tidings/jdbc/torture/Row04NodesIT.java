package io.tidings.jdbc.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.message.OutboundMessage;
import io.tidings.sandbox.LogEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Rows 4, 12, 13 and 14: nodes in processes of their own are paused, have wrong clocks, are killed and stopped. */
class Row04NodesIT {

    @Test
    void a_node_that_wakes_up_after_its_lease_sends_nothing_that_another_one_has_taken() {
        int pauses = Size.of(2, 200);
        long seed = Size.seed();
        try (Board row = Board.row("4", "SIGSTOP longer than the lease", seed, "2 nodes, " + pauses + " pauses");
                Fleet fleet = new Fleet(seed)) {
            fleet.start(2);
            CompletableFuture<Void> fate = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < pauses; i++) {
                    Await.pass(Duration.ofMillis(fleet.random(300, 1_500)));
                    Jvm node = fleet.any();
                    node.signal("STOP");
                    Await.pass(Host.LEASE.plusMillis(fleet.random(500, 2_000)));
                    node.signal("CONT");
                }
            });
            conclude(row, fleet, fate);
            row.passed();
        }
    }

    @Test
    void nodes_whose_clocks_jump_by_an_hour_send_nothing_early_or_twice() {
        Duration time = Size.of(Duration.ofSeconds(10), Duration.ofMinutes(5));
        long seed = Size.seed();
        try (Board row = Board.row(
                        "12",
                        "clocks of 2 of 3 nodes jump by an hour",
                        seed,
                        time.toSeconds() + " s, a jump each 0.7 s");
                Fleet fleet = new Fleet(seed)) {
            Duration every = Duration.ofMillis(700);
            fleet.start(List.of(Duration.ZERO, every, every));
            Instant due = Instant.now().plus(time.dividedBy(2));
            Set<String> later = new HashSet<>();
            for (int i = 0; i < 20; i++) {
                OutboundMessage message = fleet.shop.order().at(due).build();
                fleet.shop.send(message);
                later.add(String.valueOf(message.key()));
            }
            conclude(row, fleet, CompletableFuture.runAsync(() -> Await.pass(time)));

            List<Instant> seen = fleet.truth().accepted().stream()
                    .filter(request -> later.stream().anyMatch(text(request)::contains))
                    .map(request -> request.stamp().at())
                    .toList();
            assertThat(seen).hasSize(later.size()).allMatch(at -> !at.isBefore(due));
            row.passed();
        }
    }

    private static String text(LogEntry.Request request) {
        return String.valueOf(Objects.requireNonNull(request.create()).body());
    }

    /** The bound of the short size leaves room for a machine that other builds keep busy. */
    @Test
    void what_a_dead_node_had_is_sent_by_another_one_soon_after_its_lease() {
        int kills = Size.of(2, 40);
        Duration most = Host.LEASE.plusSeconds(Size.of(15, 5));
        long seed = Size.seed();
        try (Board row = Board.row(
                        "13", "another node goes on after the lease", seed, kills + " kills of the only node");
                Fleet fleet = new Fleet(seed)) {
            Jvm owner = fleet.start();
            List<Duration> gaps = new ArrayList<>();
            int hit = 0;
            for (int i = 0; i < kills; i++) {
                int before = fleet.shop.sentCount();
                CompletableFuture<Void> selling =
                        CompletableFuture.runAsync(() -> fleet.shop.send(150, Duration.ofMillis(10)));
                Await.until(Duration.ofSeconds(30), () -> fleet.shop.sentCount() >= before + 50);
                hit += fleet.kill(owner) > 0 ? 1 : 0;
                Instant killed = Instant.now();
                owner = fleet.start();
                selling.join();
                assertThat(fleet.shop.areDone(Duration.ofSeconds(150))).isTrue();
                gaps.add(Duration.between(killed, firstAfter(killed, fleet)));
            }
            Duration slowest = gaps.stream().max(Duration::compareTo).orElseThrow();
            row.figure("slowest %d ms of %d", slowest.toMillis(), most.toMillis());
            row.figure("%d kills with a message in the air", hit);
            conclude(row, fleet, CompletableFuture.completedFuture(null));
            assertThat(slowest).isLessThan(most);
            row.passed();
        }
    }

    private static Instant firstAfter(Instant killed, Fleet fleet) {
        return fleet.truth().accepted().stream()
                .map(request -> request.stamp().at())
                .filter(at -> at.isAfter(killed.plusMillis(500)))
                .min(Instant::compareTo)
                .orElseThrow();
    }

    @Test
    void nodes_that_come_and_go_orderly_leave_nothing_unknown() {
        int stops = Size.of(3, 60);
        long seed = Size.seed();
        try (Board row = Board.row("14", "SIGTERM to one node after the other", seed, stops + " stops, 2 nodes");
                Fleet fleet = new Fleet(seed)) {
            fleet.start(2);
            List<Duration> ends = new ArrayList<>();
            CompletableFuture<Void> fate = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < stops; i++) {
                    Await.pass(Duration.ofMillis(fleet.random(300, 1_200)));
                    Jvm node = fleet.any();
                    fleet.start();
                    ends.add(stop(fleet, node));
                }
            });
            Orders.Verdict verdict = conclude(row, fleet, fate);
            Duration slowest = ends.stream().max(Duration::compareTo).orElseThrow();
            row.figure("slowest end %d ms", slowest.toMillis());
            assertThat(verdict.ends().givenUp() + verdict.ends().chosen()).isZero();
            assertThat(slowest).isLessThan(Duration.ofSeconds(35));
            row.passed();
        }
    }

    private static Duration stop(Fleet fleet, Jvm node) {
        try {
            return fleet.stop(node);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends until fate has had its way, waits for the ends, and judges. */
    private static Orders.Verdict conclude(Board row, Fleet fleet, CompletableFuture<Void> fate) {
        while (!fate.isDone()) {
            fleet.shop.send(1, Duration.ofMillis(12));
        }
        boolean done = fleet.shop.areDone(Duration.ofSeconds(150));
        Orders.Verdict verdict = fleet.shop.verdict(fleet.truth());
        row.figure("%s", verdict);
        assertThat(fate).isCompleted();
        assertThat(done).as("%s %s", fleet.tidings.counts(), verdict).isTrue();
        assertThat(verdict.holds()).as("%s", verdict).isTrue();
        return verdict;
    }
}
