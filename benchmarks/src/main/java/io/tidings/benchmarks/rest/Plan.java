package io.tidings.benchmarks.rest;

/**
 * What a run measures.
 *
 * @param rows messages that have left the queue
 * @param waiting messages in it
 * @param times how often each read is asked for, with other values each time
 */
record Plan(int rows, int waiting, int times) {
    /** Small enough for a coffee. */
    static Plan quick() {
        return new Plan(200_000, 4_000, 40);
    }

    /** Three months of a busy sender. */
    static Plan full() {
        return new Plan(5_000_000, 100_000, 200);
    }
}
