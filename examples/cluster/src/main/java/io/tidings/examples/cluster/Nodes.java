package io.tidings.examples.cluster;

import io.tidings.Tidings;
import io.tidings.examples.cluster.Verdict.Kills;
import io.tidings.message.MessageStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** The nodes, and what befalls them: kill -9, or a stop that outlasts the lease. */
final class Nodes {
    private final Processes processes;
    private final Place place;
    private final Tidings watch;
    private final Random random;
    private final List<Node> running = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private int started;

    /** A running node. */
    record Node(String name, Process process) {}

    /**
     * Something befell a node.
     *
     * @param at when
     * @param what in words
     * @param inTheAir how many messages were SENDING then, for kills; -1 otherwise
     */
    record Event(Instant at, String what, long inTheAir) {}

    Nodes(Processes processes, Place place, Tidings watch, long seed) {
        this.processes = processes;
        this.place = place;
        this.watch = watch;
        this.random = new Random(seed);
    }

    void start(int count) {
        for (int i = 0; i < count; i++) {
            startOne();
        }
    }

    private void startOne() {
        String name = "node-" + ++started;
        running.add(new Node(
                name, processes.start(name, NodeMain.class, place.arguments()).process()));
        events.add(new Event(Instant.now(), name + " started", -1));
    }

    /**
     * Kills and pauses nodes at random moments, one after the other; a killed one is replaced. Kills some more where too few of them
     * left a message in the air.
     */
    void suffer(int kills, int pauses) {
        for (int i = 0; i < kills || (i < 3 * kills && !Kills.of(events).tellEnough()); i++) {
            rest(Duration.ofMillis(random.nextInt(400, 1_800)));
            kill();
        }
        for (int i = 0; i < pauses; i++) {
            rest(Duration.ofMillis(random.nextInt(400, 1_800)));
            pause();
        }
    }

    private void kill() {
        Node victim = running.remove(random.nextInt(running.size()));
        Processes.signal(victim.process(), "KILL");
        long inTheAir = watch.counts().getOrDefault(MessageStatus.SENDING, 0L);
        events.add(new Event(Instant.now(), victim.name() + " killed", inTheAir));
        startOne();
    }

    private void pause() {
        Node victim = running.get(random.nextInt(running.size()));
        Processes.signal(victim.process(), "STOP");
        events.add(new Event(Instant.now(), victim.name() + " stopped", -1));
        rest(Place.LEASE.plusMillis(random.nextInt(500, 2_000)));
        Processes.signal(victim.process(), "CONT");
        events.add(new Event(Instant.now(), victim.name() + " goes on", -1));
    }

    private static void rest(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() - end < 0) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    void stop() {
        running.forEach(node -> Processes.stop(node.process()));
    }

    List<Event> events() {
        return List.copyOf(events);
    }
}
