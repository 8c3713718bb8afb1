package io.tidings.benchmarks.throttle;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * One load in a JVM of its own: ours and the packed bucket take turns in short slices, so that what else the machine does
 * meets both alike. Time is the thread's processor time: on an idle machine that is the time that passes, on a busy one it
 * leaves out what others were given. Prints one JSON line.
 */
public final class DuelMain {
    private static final long SLICE_NANOS = 40_000_000;

    private final Pair pair;
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private DuelMain(Pair pair) {
        this.pair = pair;
    }

    /** What one thread saw in one slice. */
    private record Slice(double nanosPerCall, double bytesPerCall) {}

    /** The measurements of one JVM. */
    record Duel(String name, List<Double> ours, List<Double> packed, double bytesPerCall) {}

    /** Arguments: the name of the load, and for how many milliseconds to measure. */
    public static void main(String[] args) throws Exception {
        Duel duel = new DuelMain(Pair.of(args[0])).fight(Integer.parseInt(args[1]));
        print(duel);
    }

    private static void print(Duel duel) throws IOException {
        System.out.println(new ObjectMapper().writeValueAsString(duel));
    }

    private Duel fight(int millis) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(pair.threads());
        try {
            int rounds = (int) Math.max(4, millis * 1_000_000L / (2 * SLICE_NANOS));
            int warmup = rounds / 4;
            List<Double> ours = new ArrayList<>();
            List<Double> packed = new ArrayList<>();
            double bytes = Double.MAX_VALUE;
            for (int round = 0; round < rounds; round++) {
                Slice mine = slice(pool, pair.ours());
                Slice other = slice(pool, pair.packed());
                if (round >= warmup) {
                    ours.add(mine.nanosPerCall());
                    packed.add(other.nanosPerCall());
                    bytes = Math.min(bytes, mine.bytesPerCall());
                }
            }
            return new Duel(pair.name(), ours, packed, bytes);
        } finally {
            pool.shutdownNow();
        }
    }

    private Slice slice(ExecutorService pool, Pair.Load load) throws Exception {
        CyclicBarrier together = new CyclicBarrier(pair.threads());
        List<Future<Slice>> running = new ArrayList<>();
        for (int thread = 0; thread < pair.threads(); thread++) {
            int seed = 1 + thread;
            running.add(pool.submit(() -> run(load, seed, together)));
        }
        double nanos = 0;
        double bytes = 0;
        for (Future<Slice> each : running) {
            nanos += each.get().nanosPerCall() / pair.threads();
            bytes += each.get().bytesPerCall() / pair.threads();
        }
        return new Slice(nanos, bytes);
    }

    private Slice run(Pair.Load load, int seed, CyclicBarrier together) throws Exception {
        together.await();
        long allocated = threads.getCurrentThreadAllocatedBytes();
        long used = threads.getCurrentThreadCpuTime();
        long start = System.nanoTime();
        long calls = 0;
        int walk = seed;
        do {
            walk = load.batch(walk);
            calls += Pair.BATCH;
        } while (System.nanoTime() - start < SLICE_NANOS);
        used = threads.getCurrentThreadCpuTime() - used;
        long bytes = threads.getCurrentThreadAllocatedBytes() - allocated;
        return new Slice((double) used / calls, (double) bytes / calls);
    }
}
