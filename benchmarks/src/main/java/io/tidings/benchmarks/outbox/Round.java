package io.tidings.benchmarks.outbox;

import io.tidings.benchmarks.Database;
import io.tidings.benchmarks.Meter.Reading;
import io.tidings.benchmarks.Server;
import io.tidings.benchmarks.outbox.Contestant.Backlog;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/** One round of one contestant in a database of its own. */
record Round(Server server, Contestant contestant, int jobs) {
    static final int BATCH = 500;

    private static final long LOOK_EVERY_NANOS = 1_000_000;

    /** Stores all jobs while nobody works, then has them worked off. */
    Figures run() throws Exception {
        try (Database database = server.empty();
                Backlog backlog = contestant.open(database)) {
            System.gc();
            Reading before = Reading.now();
            long start = System.nanoTime();
            for (int stored = 0; stored < jobs; stored += BATCH) {
                backlog.enqueue(texts(stored, Math.min(BATCH, jobs - stored)));
            }
            long stored = System.nanoTime() - start;
            Jobs counted = new Jobs(jobs);
            backlog.start(counted);
            long first = counted.await();
            while (!backlog.isSettled()) {
                LockSupport.parkNanos(this, LOOK_EVERY_NANOS);
            }
            long drained = System.nanoTime() - first;
            double cpu = (Reading.now().cpuNanos() - before.cpuNanos()) / 1e9;
            return new Figures(
                    jobs * 1e9 / stored, jobs * 1e9 / drained, jobs * 1e9 / (stored + drained), cpu * 10_000 / jobs);
        }
    }

    /** Texts of 133 characters, no two the same. */
    private static List<String> texts(int from, int count) {
        List<String> texts = new ArrayList<>(count);
        for (int number = from; number < from + count; number++) {
            texts.add(String.format(
                    Locale.ROOT,
                    "Your order %011d has left our warehouse today and will be with you between nine and noon."
                            + " Reply STOP to end these messages now.",
                    number));
        }
        return texts;
    }
}
