package io.tidings.jdbc.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.sandbox.LogEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Row 16 over a database: one limit for all nodes. No sender is seen above it at the sandbox while nodes join, leave and
 * die, and what may be sent is sent while they come and go orderly. A sender of a node that died rests until its lease is over.
 *
 * <p>At the sandbox a request arrives some time after its permit, so a second there can hold what was granted in a second
 * plus what accrues while that delay varies: {@link #VARIES} here.
 */
@Tag("alone")
class Row16LimitIT {
    private static final int PER_SECOND = 20;
    /** The default of a sender: what accrues in one second. */
    private static final int BURST = PER_SECOND;

    /** What is promised is 0.95; in the short size one start of a process on a busy machine is a third of the time. */
    private static final double USED = Size.isFull() ? 0.95 : 0.8;

    private static final int AT_ONCE = 300;
    private static final Duration VARIES = Duration.ofMillis(500);
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void all_nodes_together_keep_each_limit_and_use_it() {
        Duration phase = Size.of(Duration.ofSeconds(6), Duration.ofSeconds(60));
        long seed = Size.seed();
        try (Board row = Board.row(
                        "16",
                        "one limit, nodes join, leave and die",
                        seed,
                        "3 senders, 2 phases of " + phase.toSeconds() + " s");
                Fleet fleet = new Fleet(seed, PER_SECOND)) {
            fleet.shop.sendAll(backlog(phase), AT_ONCE);
            Jvm first = fleet.start(2).get(0);
            Await.until(Duration.ofSeconds(60), () -> fleet.truth().accepted().size() > 6 * PER_SECOND);

            long joining = now(fleet);
            Await.pass(phase.dividedBy(3));
            fleet.start();
            Await.pass(phase.dividedBy(3));
            stop(fleet, first);
            Await.pass(phase.dividedBy(3));
            long dying = now(fleet);
            fleet.kill(fleet.any());
            fleet.start();
            Await.pass(phase.plus(Host.LEASE));

            List<LogEntry.Request> seen = fleet.truth().accepted();
            int most = 0;
            double least = 1;
            for (String sender : LocalTwilio.SENDERS) {
                most = Math.max(most, densest(seen, sender));
                least = Math.min(least, used(seen, sender, joining, dying));
            }
            row.figure("used %.1f %%, most in 1 s %d of %d", least * 100, most, bound());
            System.out.println("row 16: requests in each second " + eachSecond(seen));
            assertThat(most).isLessThanOrEqualTo(bound());
            assertThat(least).isGreaterThanOrEqualTo(USED);
            assertThat(Orders.copies(fleet.truth()).values()).allMatch(copies -> copies == 1);
            row.passed();
        }
    }

    /** More than can leave before it is over. */
    private static int backlog(Duration phase) {
        return (int) ((long) LocalTwilio.SENDERS.size()
                * PER_SECOND
                * (2 * phase.toSeconds() + Host.LEASE.toSeconds() + 15));
    }

    private static int bound() {
        return PER_SECOND + BURST + (int) Math.ceil(PER_SECOND * VARIES.toMillis() / 1e3);
    }

    private static void stop(Fleet fleet, Jvm node) {
        try {
            fleet.stop(node);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The sandbox's clock, by its newest request. */
    private static long now(Fleet fleet) {
        List<LogEntry.Request> seen = fleet.truth().accepted();
        return seen.get(seen.size() - 1).stamp().nanos();
    }

    private static List<Long> times(List<LogEntry.Request> seen, String sender) {
        return seen.stream()
                .filter(request ->
                        request.create() != null && request.create().sender().equals(sender))
                .map(request -> request.stamp().nanos())
                .sorted(Comparator.naturalOrder())
                .toList();
    }

    private static int densest(List<LogEntry.Request> seen, String sender) {
        List<Long> times = new ArrayList<>(times(seen, sender));
        int most = 0;
        int first = 0;
        for (int last = 0; last < times.size(); last++) {
            while (times.get(last) - times.get(first) >= SECOND.toNanos()) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }

    private static List<Long> eachSecond(List<LogEntry.Request> seen) {
        long from = seen.get(0).stamp().nanos();
        return new ArrayList<>(seen.stream()
                .collect(Collectors.groupingBy(
                        request -> (request.stamp().nanos() - from) / SECOND.toNanos(),
                        TreeMap::new,
                        Collectors.counting()))
                .values());
    }

    private static double used(List<LogEntry.Request> seen, String sender, long from, long until) {
        long sent = times(seen, sender).stream()
                .filter(at -> at >= from && at < until)
                .count();
        return sent / (PER_SECOND * (until - from) / 1e9);
    }
}
