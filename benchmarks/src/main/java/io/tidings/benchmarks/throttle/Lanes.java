package io.tidings.benchmarks.throttle;

/** Ten thousand lane names, and a cheap random walk over them that each thread keeps for itself. */
final class Lanes {
    static final int COUNT = 10_000;

    private Lanes() {}

    static String[] names() {
        String[] names = new String[COUNT];
        for (int lane = 0; lane < COUNT; lane++) {
            names[lane] = "AC0123456789abcdef/+1202555" + (10_000 + lane);
        }
        return names;
    }

    static int next(int seed) {
        int mixed = seed ^ (seed << 13);
        mixed ^= mixed >>> 17;
        return mixed ^ (mixed << 5);
    }

    static int index(int seed) {
        return (int) ((Integer.toUnsignedLong(seed) * COUNT) >>> 32);
    }
}
